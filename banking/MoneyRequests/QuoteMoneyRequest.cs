using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Network;
using Serverless.Banking.Quotes;
using Serverless.Banking.Text;

namespace Serverless.Banking.MoneyRequests;

/// <summary>A request as it will be sent.</summary>
public sealed record QuotedMoneyRequest(ContactId Contact, string Name, string Phone, CustomerId Payer, AccountId To, Money Amount, string? Details);

/// <summary>Prepares a money request to one contact (REQ-08).</summary>
public sealed class QuoteMoneyRequest
{
    internal const string Purpose = "money_request";

    private readonly FindContact contacts;
    private readonly ReceivingAccounts accounts;
    private readonly ConfirmableQuotes quotes;

    internal QuoteMoneyRequest(FindContact contacts, ReceivingAccounts accounts, ConfirmableQuotes quotes) =>
        (this.contacts, this.accounts, this.quotes) = (contacts, accounts, quotes);

    /// <returns>The quote. Or, first match: the faults of <see cref="Description.Find"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>,
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="ContactNotFound"/>, <see cref="TooManyRequests"/>, <see cref="ContactNotRegistered"/>.</returns>
    public async Task<Result<SealedQuote<QuotedMoneyRequest>>> RunAsync(
        CustomerId requester, ContactId contact, AccountId to, Money amount, string? details, CancellationToken cancellation)
    {
        var text = Description.FindOptional(details, "/details");
        if (!text.IsSuccess)
            return text.Error;
        if (await accounts.RefusalAsync(requester, to, amount.Currency, cancellation) is { } refused)
            return refused;
        var asked = await contacts.RegisteredAsync(requester, contact, cancellation);
        if (!asked.IsSuccess)
            return asked.Error;
        var (found, payer) = asked.Value;
        return await quotes.SealAsync(
            requester, new QuotedMoneyRequest(contact, found.Name, found.Phone.Value, payer, to, amount, text.Value),
            ConfirmationFacts.Of(Purpose, amount, found.Name), PayeeStanding.Nobody, cancellation);
    }
}

/// <summary>Whether requested money can arrive on an account of the requester.</summary>
internal sealed class ReceivingAccounts(FindAccount accounts)
{
    /// <returns>Null, or the first of: <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>, <see cref="AccountCurrencyMismatch"/>.</returns>
    public async Task<Error?> RefusalAsync(CustomerId requester, AccountId to, Currency currency, CancellationToken cancellation)
    {
        var account = await accounts.RunAsync(requester, to, cancellation);
        return !account.IsSuccess ? account.Error
            : !PostingRules.CanCredit(account.Value.Status) ? new AccountNotUsable(account.Value.Status)
            : account.Value.Currency != currency ? new AccountCurrencyMismatch(account.Value.Currency.Code, currency.Code)
            : null;
    }
}
