using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Bills;

/// <param name="From">The account to debit; null for the quoted one.</param>
/// <param name="Description">Letters, digits and spaces, at most 140; null for none.</param>
public sealed record PaymentConfirmation(
    CustomerId Customer, IdempotencyKey Key, string RequestHash, QuoteId Quote, AccountId? From, string? Description);

/// <summary>Confirms a quote: the customer's word that the invoice be paid (BILL-07, BILL-08, BILL-09).</summary>
public sealed class ConfirmPayment
{
    private readonly PaymentTable payments;
    private readonly PayInvoice pay;
    private readonly FindAccount accounts;
    private readonly TimeProvider time;

    internal ConfirmPayment(PaymentTable payments, PayInvoice pay, FindAccount accounts, TimeProvider time) =>
        (this.payments, this.pay, this.accounts, this.time) = (payments, pay, accounts, time);

    /// <returns>The payment, paid or pending. Or, first match: <see cref="DescriptionNotAllowed"/>, the answer of the same key before,
    /// <see cref="IdempotencyKeyReused"/>, <see cref="QuoteNotFound"/>, <see cref="QuoteAlreadyConfirmed"/>, <see cref="QuoteExpired"/>,
    /// <see cref="StrongAuthenticationRequired"/>, then as <see cref="PayInvoice"/>.</returns>
    public async Task<Result<Payment>> RunAsync(PaymentConfirmation confirmation, CancellationToken cancellation)
    {
        if (!PaymentDescription.IsAllowed(confirmation.Description))
            return new DescriptionNotAllowed("/description");

        var id = PaymentId.Of(confirmation.Customer, confirmation.Key);
        var earlier = payments.FindAsync(confirmation.Customer, id, cancellation);
        var account = confirmation.From is { } from ? accounts.RunAsync(confirmation.Customer, from, cancellation) : null;
        var quote = await payments.FindQuoteAsync(confirmation.Customer, confirmation.Quote, cancellation);
        if (await earlier is null && quote?.PaymentId == id.Value)
        {
            // A twin of this call began the payment between the two readings.
            earlier = payments.FindAsync(confirmation.Customer, id, cancellation);
        }

        if (await earlier is null && Check(quote) is { } refused)
            return refused;
        if (quote is null)
            return new IdempotencyKeyReused();

        var terms = quote.ReadTerms();
        var order = new PaymentOrder(
            confirmation.Customer, confirmation.Key, confirmation.RequestHash, PaymentOrigin.Customer, terms.Account, quote.InvoiceNumber,
            terms.Amount, terms.Penalty, confirmation.From ?? terms.From, confirmation.Description)
        {
            Price = (terms.Debit, terms.Rate),
        };
        return await pay.RunAsync(order, earlier, account ?? accounts.RunAsync(order.Customer, order.From, cancellation), quote, cancellation);
    }

    private Error? Check(QuoteRow? quote)
    {
        if (quote is null)
            return new QuoteNotFound();
        if (quote.PaymentId is { } payment)
            return new QuoteAlreadyConfirmed(new PaymentId(payment));
        if (quote.ExpiresAt <= time.GetUtcNow())
            return new QuoteExpired(Instant.FromDateTimeOffset(quote.ExpiresAt));
        return quote.StrongAuthenticationRequired ? new StrongAuthenticationRequired() : null;
    }
}

/// <summary>What a customer may write beside a payment. Source: area 13, letters and digits with spaces; 140 as in an ISO 20022 remittance line.</summary>
public static class PaymentDescription
{
    public const int LengthAtMost = 140;

    public static bool IsAllowed(string? text) =>
        text is null || (text.Length <= LengthAtMost && text.All(c => char.IsLetterOrDigit(c) || c == ' '));
}
