using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <param name="PayerName">As the token has it.</param>
/// <param name="Amount">Positive.</param>
/// <param name="Description">As <see cref="Text.Description"/> keeps it; null for none.</param>
public sealed record OwnTransferRequest(
    CustomerId Customer, string? PayerName, AccountId From, AccountId To, Money Amount, string? Description, OrderingDevice Device);

/// <summary>Prepares a transfer between two accounts of the customer in the same currency (TRF-09).</summary>
public sealed class QuoteOwnTransfer
{
    private readonly FindAccount accounts;
    private readonly PrepareTransfer prepare;

    internal QuoteOwnTransfer(FindAccount accounts, PrepareTransfer prepare) => (this.accounts, this.prepare) = (accounts, prepare);

    /// <returns>The quote. Or, first match: <see cref="SameAccount"/>, <see cref="AccountNotFound"/>, <see cref="AmountNotInAccountCurrency"/>,
    /// <see cref="CurrenciesDiffer"/>, <see cref="AccountNotUsable"/> of either, and those of every prepare: limits, then money.</returns>
    public async Task<Result<TransferQuote>> RunAsync(OwnTransferRequest request, CancellationToken cancellation)
    {
        if (request.From == request.To)
            return new SameAccount("/toAccountId");

        var finding = accounts.RunAsync(request.Customer, request.From, cancellation);
        var destination = await accounts.RunAsync(request.Customer, request.To, cancellation);
        var source = await finding;
        if (!source.IsSuccess)
            return source.Error;
        if (!destination.IsSuccess)
            return destination.Error;

        var (from, to) = (source.Value, destination.Value);
        if (request.Amount.Currency != from.Currency)
            return new AmountNotInAccountCurrency("/amount/currency", from.Currency.Code);
        if (from.Currency != to.Currency)
            return new CurrenciesDiffer(from.Currency.Code, to.Currency.Code, "currency_exchange");
        if (!PostingRules.CanCredit(to.Status))
            return new AccountNotUsable(to.Status);

        var payee = new Payee(to.Name, to.Iban.Electronic, to.Id, request.Customer);
        return await prepare.RunAsync(
            new TransferDraft(
                TransferKind.Own, request.Customer, request.PayerName, from, payee, to.Currency, request.Amount, request.Description, request.Device),
            cancellation);
    }
}
