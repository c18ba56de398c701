using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Accounts;
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

    public Money Total => Amount + Penalty;
}

/// <summary>Pays an invoice, by hand or by authorisation (BILL-07, BILL-08, BILL-09, BILL-18, BILL-24).</summary>
public sealed class PayInvoice
{
    private readonly PaymentTable payments;
    private readonly OpenPayments open;
    private readonly PaymentCourse course;
    private readonly FindAccount accounts;
    private readonly BillerClient billers;
    private readonly ExchangeRates rates;
    private readonly BillsOptions options;
    private readonly TimeProvider time;

    internal PayInvoice(
        PaymentTable payments, OpenPayments open, PaymentCourse course, FindAccount accounts, BillerClient billers, ExchangeRates rates,
        IOptions<BillsOptions> options, TimeProvider time) =>
        (this.payments, this.open, this.course, this.accounts, this.billers, this.rates, this.options, this.time) =
        (payments, open, course, accounts, billers, rates, options.Value, time);

    /// <returns>
    /// The payment, paid or pending; a pending one is settled by <see cref="SettlePayment"/> when the company answers, so start the workflow that asks.
    /// Or, first match: <see cref="IdempotencyKeyReused"/>, <see cref="AccountNotFound"/>, <see cref="AccountNotUsable"/>,
    /// <see cref="QuoteForOtherCurrency"/>, <see cref="ExchangeRateMissing"/>, <see cref="InsufficientFunds"/>, <see cref="CompanyUnavailable"/>,
    /// <see cref="InvoiceNotFound"/>, <see cref="InvoiceAlreadyPaid"/>, <see cref="InvoiceWithdrawn"/>, <see cref="InvoiceAmountChanged"/>: nothing was kept,
    /// the key may be used again; then <see cref="InvoiceBeingPaid"/>, <see cref="AccountBusy"/>, <see cref="PaymentInterrupted"/> and any of the above
    /// a second time: the payment is recorded as failed, and the same key gives the same error for ever.
    /// </returns>
    /// <exception cref="Exception">Storage is down: the same order may be sent again, and the sweeper ends the payment if nobody does.</exception>
    public Task<Result<Payment>> RunAsync(PaymentOrder order, CancellationToken cancellation) =>
        RunAsync(
            order,
            payments.FindAsync(order.Customer, PaymentId.Of(order.Customer, order.Key), cancellation),
            accounts.RunAsync(order.Customer, order.From, cancellation),
            null,
            cancellation);

    /// <summary>The same with what the caller has begun to read already.</summary>
    internal async Task<Result<Payment>> RunAsync(
        PaymentOrder order, Task<PaymentRecord?> earlier, Task<Result<Account>> account, QuoteRow? quote, CancellationToken cancellation)
    {
        if (await earlier is { } record)
            return await RepeatAsync(record, order.RequestHash);

        var prepared = (await account).Then(found => Price(order, found));
        if (!prepared.IsSuccess)
            return prepared.Error;

        var invoice = await billers.FindInvoiceAsync(order.Account, order.InvoiceNumber, cancellation);
        var unchanged = invoice.Then(ScanBill.CheckPayable).Then<Invoice>(found =>
            found.Amount == order.Amount && found.Penalty == order.Penalty ? found : new InvoiceAmountChanged(order.Total));
        if (!unchanged.IsSuccess)
            return unchanged.Error;

        var (debit, rate) = prepared.Value;
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var payment = new Payment(
            PaymentId.Of(order.Customer, order.Key), order.Customer, order.Origin, order.Account, order.InvoiceNumber, unchanged.Value.SubscriberName,
            order.Amount, order.Penalty, order.From, debit, rate, order.Description, now,
            PaymentState.Processing, null, false, null, [new PaymentStep(PaymentState.Processing, now)]);

        // From here the payment is carried through even if the caller hangs up. Record and open entry are written side by side: whichever
        // is missing after a crash, the sweeper finds the entry or there is nothing to find.
        var opened = open.OpenAsync(payment, order.RequestHash, CancellationToken.None);
        var begun = await payments.BeginAsync(payment, order.RequestHash, quote, CancellationToken.None);
        var entry = await opened;
        if (begun is not null)
        {
            // The sweeper drops old entries that have no record. A run that took so long may have lost its entry just before the record came.
            if (time.GetUtcNow() - now.ToDateTimeOffset() > options.SweepAfter / 2)
                entry = await open.OpenAsync(payment, order.RequestHash, CancellationToken.None);
            return await course.RunAsync(begun, entry, customerWaits: true, CancellationToken.None);
        }

        // Another run of the same payment was first, or another payment used the quote.
        if (await payments.FindAsync(payment.Customer, payment.Id, CancellationToken.None) is { } first)
            return first.RequestHash == order.RequestHash ? await course.RunAsync(first, entry, customerWaits: true, CancellationToken.None) : new IdempotencyKeyReused();

        await open.CloseAsync(entry, CancellationToken.None);
        return (await payments.FindQuoteAsync(payment.Customer, new QuoteId(quote!.Id), CancellationToken.None))?.PaymentId is { } other
            ? new QuoteAlreadyConfirmed(new PaymentId(other))
            : new QuoteNotFound();
    }

    /// <summary>The same answer again; a run that was cut short is taken up where it stopped.</summary>
    private async Task<Result<Payment>> RepeatAsync(PaymentRecord record, string requestHash)
    {
        if (record.RequestHash != requestHash)
            return new IdempotencyKeyReused();
        if (record.Payment.State != PaymentState.Processing)
            return record.Payment.Failure is { } failure ? failure : record.Payment;

        var entry = await open.OpenAsync(record.Payment, requestHash, CancellationToken.None);
        var now = await payments.FindAsync(record.Payment.Customer, record.Payment.Id, CancellationToken.None);
        return await course.RunAsync(now!, entry, customerWaits: true, CancellationToken.None);
    }

    private Result<(Money Debit, decimal? Rate)> Price(PaymentOrder order, Account account)
    {
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
