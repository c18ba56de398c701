using NodaTime;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>An invoice to be paid now.</summary>
/// <param name="Key">Names the payment: the same customer and key is the same payment. Autopay derives it from authorisation, invoice and day.</param>
/// <param name="RequestHash">Tells a retry from another order under the same key.</param>
/// <param name="Amount">As the payer knows the invoice; a change at the company is refused.</param>
/// <param name="Penalty">As the payer knows the invoice; a change at the company is refused.</param>
/// <param name="Description">Letters, digits and spaces, at most 140; null for none.</param>
public sealed record PaymentOrder(
    CustomerId Customer,
    IdempotencyKey Key,
    string RequestHash,
    PaymentOrigin Origin,
    ClientAccount Account,
    string InvoiceNumber,
    Money Amount,
    Money Penalty,
    AccountId From,
    string? Description)
{
    /// <summary>Debit and rate as the customer was told; null: at the bank's rate now.</summary>
    public (Money Debit, decimal? Rate)? Price { get; init; }

    /// <summary>Where the customer ordered it; null when nobody did.</summary>
    public string? Channel { get; init; }

    public Money Total => Amount + Penalty;
}

/// <summary>Pays an invoice, by hand or by authorisation (BILL-07, BILL-08, BILL-09, BILL-18, BILL-24).</summary>
public sealed class PayInvoice
{
    private readonly PaymentCourse course;
    private readonly ReadBook books;
    private readonly BillerClient billers;
    private readonly ExchangeRates rates;
    private readonly TimeProvider time;

    internal PayInvoice(PaymentCourse course, ReadBook books, BillerClient billers, ExchangeRates rates, TimeProvider time) =>
        (this.course, this.books, this.billers, this.rates, this.time) = (course, books, billers, rates, time);

    /// <returns>
    /// The payment, paid or pending; a pending one is settled by <see cref="SettlePayment"/> when the company answers, so start the workflow that asks.
    /// Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>,
    /// <see cref="QuoteForOtherCurrency"/>, <see cref="ExchangeRateMissing"/>, <see cref="InsufficientFunds"/>, <see cref="CompanyUnavailable"/>,
    /// <see cref="InvoiceNotFound"/>, <see cref="InvoiceAlreadyPaid"/>, <see cref="InvoiceWithdrawn"/>, <see cref="InvoiceAmountChanged"/>: nothing was kept,
    /// the key may be used again; then <see cref="InvoiceBeingPaid"/>, <see cref="AccountBusy"/>, <see cref="PaymentInterrupted"/> and any of the above
    /// a second time: the payment is recorded as failed, and the same key gives the same error for ever.
    /// </returns>
    /// <exception cref="Exception">Storage is down: the same order may be sent again, and the sweeper ends the payment if nobody does.</exception>
    /// <remarks>
    /// Three storage calls in a row when the payer's head is in memory: all that the debit needs, the debit, the end. That an order was
    /// given before is found out by recording it, or when it is refused.
    /// </remarks>
    public Task<Result<Payment>> RunAsync(PaymentOrder order, CancellationToken cancellation) => RunAsync(order, null, cancellation);

    /// <param name="quote">Which the payment uses up; null when it was not quoted. Then also, before all else, <see cref="QuoteAlreadyConfirmed"/>.</param>
    internal async Task<Result<Payment>> RunAsync(PaymentOrder order, Guid? quote, CancellationToken cancellation)
    {
        var prepared = await PrepareAsync(order, cancellation);
        return prepared.IsSuccess
            ? await course.BeginAsync(prepared.Value, order.RequestHash, quote)
            : await course.RefuseAsync(order.Customer, PaymentId.Of(order.Customer, order.Key), order.RequestHash, quote, prepared.Error);
    }

    /// <summary>The payment as it would begin now; nothing is written.</summary>
    private async Task<Result<Payment>> PrepareAsync(PaymentOrder order, CancellationToken cancellation)
    {
        // What is remembered of the account is good enough to accept, and never to refuse.
        var priced = Price(order, await books.RecallAsync(order.From, cancellation));
        if (!priced.IsSuccess)
            priced = Price(order, await books.RunAsync(order.From, cancellation));
        if (!priced.IsSuccess)
            return priced.Error;

        var invoice = await billers.FindInvoiceAsync(order.Account, order.InvoiceNumber, cancellation);
        var unchanged = invoice.Then(ScanBill.CheckPayable).Then<Invoice>(found =>
            found.Amount == order.Amount && found.Penalty == order.Penalty ? found : new InvoiceAmountChanged(order.Total));
        if (!unchanged.IsSuccess)
            return unchanged.Error;

        var (debit, rate) = priced.Value;
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        return new Payment(
            PaymentId.Of(order.Customer, order.Key), order.Customer, order.Origin, order.Account, order.InvoiceNumber, unchanged.Value.SubscriberName,
            order.Amount, order.Penalty, order.From, debit, rate, order.Description, now,
            PaymentState.Processing, null, false, null, [new PaymentStep(PaymentState.Processing, now)])
        {
            Channel = order.Channel,
        };
    }

    private Result<(Money Debit, decimal? Rate)> Price(PaymentOrder order, AccountBook? account)
    {
        if (account is null || account.Owner != order.Customer)
            return new AccountNotFound();
        if (account.Status != AccountStatus.Active)
            return new AccountNotUsable(account.Status);

        var price = order.Price;
        if (price is { Debit: var quoted } && quoted.Currency != account.Currency)
            return new QuoteForOtherCurrency(quoted.Currency.Code, account.Currency.Code);
        if (price is null)
        {
            if (PaymentPrice.Of(order.Total, account.Currency, rates) is not { } current)
                return new ExchangeRateMissing(account.Currency.Code, order.Total.Currency.Code);
            price = current;
        }

        return account.Available < price.Value.Debit ? new InsufficientFunds(price.Value.Debit - account.Available) : price.Value;
    }
}

internal static class PaymentPrice
{
    /// <summary>What an account in that currency is debited for the total (area 13: at the bank's current rate); null when there is no rate.</summary>
    public static (Money Debit, decimal? Rate)? Of(Money total, Currency account, ExchangeRates rates) =>
        account == total.Currency ? (total, null)
        : rates.Find(account, total.Currency) is { } rate ? (ExchangeRates.Cost(total, account, rate), rate)
        : null;
}
