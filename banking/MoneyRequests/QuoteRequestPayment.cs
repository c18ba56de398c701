using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.MoneyRequests;

/// <summary>A payment as it will be made.</summary>
public sealed record QuotedRequestPayment(MoneyRequestId Request, TransferTerms Terms);

/// <param name="Available">What the account may spend now.</param>
public sealed record PreparedRequestPayment(SealedQuote<QuotedRequestPayment> Quote, Money Available)
{
    public Money Total => Quote.Content.Terms.Debit + Quote.Content.Terms.Fee;

    public bool FundsSuffice => Available >= Total;
}

/// <summary>Prepares paying a received request from one of the payer's accounts (REQ-14).</summary>
public sealed class QuoteRequestPayment
{
    internal const string Purpose = "request_payment";

    private readonly MoneyRequestTable table;
    private readonly FindAccount accounts;
    private readonly ReadBook books;
    private readonly FindContactDetails details;
    private readonly TransferFees fees;
    private readonly ConfirmableQuotes quotes;

    internal QuoteRequestPayment(
        MoneyRequestTable table, FindAccount accounts, ReadBook books, FindContactDetails details, TransferFees fees, ConfirmableQuotes quotes) =>
        (this.table, this.accounts, this.books, this.details, this.fees, this.quotes) = (table, accounts, books, details, fees, quotes);

    /// <returns>The payment; too little money is no refusal yet. Or, first match: <see cref="MoneyRequestNotFound"/>, <see cref="NotThePayer"/>,
    /// <see cref="MoneyRequestNotOpen"/>, <see cref="MoneyRequestBeingPaid"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>,
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="PayeeAccountNotUsable"/>.</returns>
    public async Task<Result<PreparedRequestPayment>> RunAsync(CustomerId payer, MoneyRequestId id, AccountId from, CancellationToken cancellation)
    {
        if (await table.FindForAsync(payer, id, cancellation) is not { } found)
            return new MoneyRequestNotFound();
        var it = found.Request.It;
        if (found.Direction != RequestDirection.Received)
            return new NotThePayer();
        if (it.State != MoneyRequestState.Open)
            return new MoneyRequestNotOpen(it.State);
        if (it.Payment is not null)
            return new MoneyRequestBeingPaid();

        var account = await accounts.RunAsync(payer, from, cancellation);
        if (!account.IsSuccess)
            return account.Error;
        if (!PostingRules.CanDebit(account.Value.Status))
            return new AccountNotUsable(account.Value.Status);
        if (account.Value.Currency != it.Amount.Currency)
            return new AccountCurrencyMismatch(account.Value.Currency.Code, it.Amount.Currency.Code);
        if (await books.RunAsync(it.To, cancellation) is not { } payee || !PostingRules.CanCredit(payee.Status))
            return new PayeeAccountNotUsable();

        var known = await details.RunAsync(payer, cancellation);
        var terms = new TransferTerms(
            from, new PayerDetails(known?.Name ?? it.Payer.Name, account.Value.Iban.Electronic),
            new Payee(it.Requester.Name, payee.Iban, it.To, it.Requester.Customer),
            it.Amount, it.Amount, fees.Of(TransferKind.RequestPayment, it.Amount), FeeBearer.Sender, null, it.Details);
        var quote = await quotes.SealAsync(
            payer, new QuotedRequestPayment(id, terms), ConfirmationFacts.Of(Purpose, terms.Amount, terms.To.Name, terms.To.Account), PayeeStanding.Other, cancellation);
        return new PreparedRequestPayment(quote, account.Value.Available);
    }
}
