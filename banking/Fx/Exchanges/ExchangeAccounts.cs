using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Fx;

internal static class ExchangeAccounts
{
    /// <summary>Both accounts of an exchange, read at once.</summary>
    /// <returns>Or, first match: <see cref="AccountNotFound"/>, what <see cref="ExchangeJournal.Refusal"/> says.</returns>
    public static async Task<Result<(Account From, Account To)>> ForExchangeAsync(
        this FindAccount accounts, CustomerId customer, AccountId from, AccountId to, Money debit, CancellationToken cancellation)
    {
        var finding = accounts.RunAsync(customer, from, cancellation);
        var credited = await accounts.RunAsync(customer, to, cancellation);
        var debited = await finding;
        return (debited.Error ?? credited.Error ?? ExchangeJournal.Refusal(debited.Value!, credited.Value!, debit)) is { } refusal
            ? refusal
            : (debited.Value!, credited.Value!);
    }
}
