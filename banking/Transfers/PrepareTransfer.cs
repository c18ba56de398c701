using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>What every prepare of a transfer within the bank checks and shows alike (TRF-07, TRF-08).</summary>
/// <param name="PayerName">As the token has it; the registered name comes first.</param>
internal sealed record TransferDraft(
    TransferKind Kind, CustomerId Customer, string? PayerName, Account From, Payee To, Currency ToCurrency, Money Debit, string? Description,
    OrderingDevice Device, NameMatch? NameMatch = null, PayeeStanding Standing = PayeeStanding.Other)
{
    /// <inheritdoc cref="TransferTerms.Origin"/>
    public string? Origin { get; init; }

    public ConfirmationFacts FactsOf(Money amount) => ConfirmationFacts.Of(Kind.Code(), amount, To.Name, To.Account);
}

internal sealed class PrepareTransfer(
    ConfirmableQuotes quotes, TransferFees fees, TransferLimits limits, LimitBooks books, ExchangeRates rates, FindContactDetails contacts,
    FindLikeTransfer likes, TimeProvider time)
{
    /// <returns>The quote. Or, first match: <see cref="AccountNotUsable"/>, <see cref="ExchangeRateMissing"/>, <see cref="TransferLimitExceeded"/>,
    /// <see cref="TransferTooOften"/>, <see cref="InsufficientFunds"/>, <see cref="AmountTooSmallToExchange"/>.</returns>
    public async Task<Result<TransferQuote>> RunAsync(TransferDraft draft, CancellationToken cancellation)
    {
        if (!PostingRules.CanDebit(draft.From.Status))
            return new AccountNotUsable(draft.From.Status);

        decimal? rate = null;
        var amount = draft.Debit;
        if (draft.ToCurrency != draft.Debit.Currency)
        {
            await rates.RefreshAsync(cancellation);
            if (rates.Find(draft.Debit.Currency, draft.ToCurrency) is not { } current)
                return new ExchangeRateMissing(draft.Debit.Currency.Code, draft.ToCurrency.Code);
            (rate, amount) = (current, ExchangeRates.Proceeds(draft.Debit, draft.ToCurrency, current));
            if (!amount.IsPositive)
                return new AmountTooSmallToExchange();
        }

        // All three at once: a warning costs no call in a row.
        var contact = contacts.RunAsync(draft.Customer, cancellation);
        var reading = books.ReadAsync(draft.Customer, cancellation);
        var like = likes.RunAsync(draft.Customer, draft.Kind, draft.To, amount, draft.Description, cancellation);
        var book = await reading;
        var earlier = await like;
        var counted = limits.Take(book, draft.Kind, draft.Device, draft.Debit, Instant.FromDateTimeOffset(time.GetUtcNow()));
        if (!counted.IsSuccess)
            return counted.Error;
        var fee = fees.Of(draft.Kind, draft.Debit);
        if (draft.From.Available < draft.Debit + fee)
            return new InsufficientFunds(draft.Debit + fee - draft.From.Available);

        var payer = new PayerDetails((await contact)?.Name ?? draft.PayerName, draft.From.Iban.Electronic);
        var terms = new TransferTerms(draft.From.Id, payer, draft.To, amount, draft.Debit, fee, FeeBearer.Sender, rate, draft.Description)
        {
            PossibleDuplicate = earlier?.Value,
            Origin = draft.Origin,
        };
        var standing = draft.To.Customer == draft.Customer ? PayeeStanding.Self : draft.Standing;
        var quote = await quotes.SealAsync(draft.Customer, terms, draft.FactsOf(amount), standing, cancellation);
        return new TransferQuote(draft.Kind, quote.Text, terms, draft.From.Available, draft.NameMatch, quote.ExpiresAt, quote.Demand!);
    }
}
