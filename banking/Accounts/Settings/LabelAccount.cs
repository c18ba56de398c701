using Serverless.Banking.Ledger;

namespace Serverless.Banking.Accounts;

/// <summary>Changes how an account is shown: its logo, its description (ACC-09).</summary>
public sealed class LabelAccount(LabelBook books, FindAccount find)
{
    /// <param name="label">From the present label to the wanted one: what the customer leaves out stays.</param>
    /// <returns>The account as it is now; or <see cref="AccountNotFound"/>, <see cref="AccountBusy"/>.</returns>
    public async Task<Result<Account>> RunAsync(
        CustomerId customer, AccountId account, Func<AccountLabel, AccountLabel> label, CancellationToken cancellation)
    {
        var found = await find.RunAsync(customer, account, cancellation);
        return found.IsSuccess ? (await books.RunAsync(account, customer, label, cancellation)).Then(Account.Of) : found;
    }
}
