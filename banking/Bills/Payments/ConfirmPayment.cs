using NodaTime;
using Serverless.Banking.Duplicates;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Bills;

/// <param name="Quote">As the customer got it.</param>
/// <param name="From">The account to debit; null for the quoted one.</param>
/// <param name="Description">Letters, digits and spaces, at most 140; null for none.</param>
public sealed record PaymentConfirmation(
    CustomerId Customer, IdempotencyKey Key, string RequestHash, string Quote, AccountId? From, string? Description)
{
    /// <summary>Where it is ordered: <c>mobile</c>, <c>web</c>, <c>eklik</c>.</summary>
    public string? Channel { get; init; }

    /// <summary>It may be the same once more: the payer was warned (EKL-30).</summary>
    public bool PayAgain { get; init; }
}

/// <summary>Confirms a quote: the customer's word that the invoice be paid (BILL-07, BILL-08, BILL-09).</summary>
public sealed class ConfirmPayment
{
    private readonly PaymentTable payments;
    private readonly PayInvoice pay;
    private readonly SealedQuotes quotes;
    private readonly TimeProvider time;

    internal ConfirmPayment(PaymentTable payments, PayInvoice pay, SealedQuotes quotes, TimeProvider time) =>
        (this.payments, this.pay, this.quotes, this.time) = (payments, pay, quotes, time);

    /// <returns>The payment, paid or pending. Or, first match: <see cref="DescriptionNotAllowed"/>, the answer of the same key before,
    /// <see cref="IdempotencyKeyReused"/>, <see cref="QuoteNotFound"/>, <see cref="PossibleDuplicatePayment"/>, <see cref="QuoteAlreadyConfirmed"/>, <see cref="QuoteExpired"/>,
    /// then as <see cref="PayInvoice"/>.</returns>
    public async Task<Result<Payment>> RunAsync(PaymentConfirmation confirmation, CancellationToken cancellation)
    {
        if (!PaymentDescription.IsAllowed(confirmation.Description))
            return new DescriptionNotAllowed("/description");

        var id = PaymentId.Of(confirmation.Customer, confirmation.Key);
        var opened = quotes.OpenEvenExpired<QuotedTerms>(confirmation.Customer, QuotedTerms.Purpose, confirmation.Quote);
        if (!opened.IsSuccess)
            return await payments.FindAsync(confirmation.Customer, id, cancellation) is null ? opened.Error : new IdempotencyKeyReused();

        // An order that was taken in time is answered again later; anything else is not begun any more.
        var (quote, terms) = (opened.Value, opened.Value.Content);
        if (terms.PossibleDuplicate is { } earlier && !confirmation.PayAgain)
            return await payments.FindAsync(confirmation.Customer, id, cancellation) is null ? new PossibleDuplicatePayment(earlier) : new IdempotencyKeyReused();
        if (Check(quote) is { } refused && await payments.FindAsync(confirmation.Customer, id, cancellation) is null)
        {
            // Used by this very order: a twin has taken it since we looked, and it is answered again below.
            var used = await payments.FindQuoteUseAsync(confirmation.Customer, quote.Id, cancellation);
            if (used != id)
                return used is { } other ? new QuoteAlreadyConfirmed(other) : refused;
        }

        var order = new PaymentOrder(
            confirmation.Customer, confirmation.Key, confirmation.RequestHash, PaymentOrigin.Customer, terms.Account, terms.InvoiceNumber,
            terms.Amount, terms.Penalty, confirmation.From ?? terms.From, confirmation.Description)
        {
            Price = (terms.Debit, terms.Rate),
            Channel = confirmation.Channel,
        };
        return await pay.RunAsync(order, quote.Id, cancellation);
    }

    private Error? Check(SealedQuote<QuotedTerms> quote)
    {
        return quote.ExpiresAt <= Instant.FromDateTimeOffset(time.GetUtcNow()) ? new QuoteExpired(quote.ExpiresAt) : null;
    }
}

/// <summary>What a customer may write beside a payment. Source: area 13, letters and digits with spaces; 140 as in an ISO 20022 remittance line.</summary>
public static class PaymentDescription
{
    public const int LengthAtMost = 140;

    public static bool IsAllowed(string? text) =>
        text is null || (text.Length <= LengthAtMost && text.All(c => char.IsLetterOrDigit(c) || c == ' '));
}
