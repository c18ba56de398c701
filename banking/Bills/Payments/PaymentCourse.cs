using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Bills;

/// <summary>The course of a payment from its record to its end; the customer, retries, the sweeper, webhooks and the workflow all go it.</summary>
/// <remarks>
/// Record it and claim the invoice, debit the customer, tell the company, record the end, drop the open entry. Each step may be repeated and raced, and
/// two rules keep runs of the same payment from contradicting each other: a payment fails undebited only after its journal was voided, and it
/// fails debited only after its journal was reversed because the company, which answers the same payment the same way for ever, refused.
/// </remarks>
internal sealed partial class PaymentCourse(
    PaymentTable payments,
    OpenPayments open,
    InvoiceClaims claims,
    PostJournal post,
    VoidJournal voidJournal,
    ReverseJournal reverse,
    FindJournal find,
    BillerClient billers,
    IEnumerable<IPaymentListener> listeners,
    LaterWork later,
    CompanyCatalogue companies,
    TimeProvider time,
    BankMetrics metrics,
    ILogger<PaymentCourse> log)
{
    public const string JournalKind = "bill_payment";

    private readonly IPaymentListener[] listeners = [.. listeners];

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>A new payment, or one that turns out to have been begun before; its customer waits for the answer.</summary>
    /// <param name="quote">Which it uses up; null when it was not quoted.</param>
    /// <returns>The payment paid or pending. Or <see cref="IdempotencyKeyReused"/>, <see cref="QuoteAlreadyConfirmed"/>, what the ledger refuses:
    /// nothing is kept; or the error it failed with, and its record says the same.</returns>
    public async Task<Result<Payment>> BeginAsync(Payment payment, string requestHash, Guid? quote)
    {
        var beginning = new PaymentBeginning(payments, open, claims, payment, requestHash, quote);
        var posted = await post.RunAsync(JournalOf(payment, PayeeOf(payment)), beginning.RunAsync, CancellationToken.None);
        if (beginning.Earlier is { } earlier)
            return await RunAsync(earlier, beginning.Entry, customerWaits: true, CancellationToken.None);
        if (!beginning.HasRun)
            return await RefuseAsync(payment.Customer, payment.Id, requestHash, quote, posted.IsSuccess ? new PaymentInterrupted() : posted.Error);
        return beginning.Record is { } record
            ? await ContinueAsync(record, beginning.Entry, beginning.Claim, posted, customerWaits: true, CancellationToken.None)
            : posted.Error!;
    }

    /// <summary>What is told instead of a refusal to who has given the order before: the first answer.</summary>
    /// <param name="refusal">Nothing was written for it.</param>
    public async Task<Result<Payment>> RefuseAsync(CustomerId customer, PaymentId id, string requestHash, Guid? quote, Error refusal)
    {
        var earlier = payments.FindAsync(customer, id, CancellationToken.None);
        var use = quote is { } quoted ? payments.FindQuoteUseAsync(customer, quoted, CancellationToken.None) : Task.FromResult<PaymentId?>(null);
        await Task.WhenAll(earlier, use);

        // The quote's use is written with the payment: the payment may only be missing when it was read just before.
        var used = await use;
        if ((await earlier ?? (used == id ? await payments.FindAsync(customer, id, CancellationToken.None) : null)) is { } record)
            return await RepeatAsync(record, requestHash);
        return used is { } other ? new QuoteAlreadyConfirmed(other) : refusal;
    }

    /// <summary>From wherever an earlier run of the payment stopped.</summary>
    /// <returns>The payment paid or pending. Or the error it failed with; its record says the same.</returns>
    /// <param name="customerWaits">The caller tells the customer how it ended; else the listeners do.</param>
    public async Task<Result<Payment>> RunAsync(PaymentRecord record, OpenPayment entry, bool customerWaits, CancellationToken cancellation)
    {
        if (record.Payment.State.IsFinal())
            return await FinishAsync(record, entry, null, customerWaits, cancellation);
        if (record.Payment.State != PaymentState.Processing)
            return record.Payment;

        ClaimRow? claim = null;
        var posted = await post.RunAsync(
            JournalOf(record.Payment, PayeeOf(record.Payment)),
            async _ =>
            {
                var taken = await claims.TakeAsync(record.Payment, CancellationToken.None);
                claim = taken.IsSuccess ? taken.Value : null;
                return taken.Then<Nothing>(_ => default(Nothing));
            },
            cancellation);
        return await ContinueAsync(record, entry, claim, posted, customerWaits, cancellation);
    }

    /// <summary>From the answer of the ledger on.</summary>
    private async Task<Result<Payment>> ContinueAsync(
        PaymentRecord record, OpenPayment entry, ClaimRow? claim, Result<PostedJournal> posted, bool customerWaits, CancellationToken cancellation)
    {
        if (!posted.IsSuccess)
            return await EndUndebitedAsync(record, entry, claim, posted.Error, customerWaits, cancellation);

        var settlement = await billers.PayAsync(OrderOf(record.Payment), cancellation);
        return await SettleAsync(record, entry, claim, settlement, customerWaits, cancellation);
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
        return await RunAsync(now!, entry, customerWaits: true, CancellationToken.None);
    }

    /// <summary>Applies what the company says about a debited payment.</summary>
    /// <param name="claim">When at hand, to save a call.</param>
    /// <returns>The payment paid or pending, or the error that the company's refusal means.</returns>
    public async Task<Result<Payment>> SettleAsync(
        PaymentRecord record, OpenPayment entry, ClaimRow? claim, Settlement settlement, bool customerWaits, CancellationToken cancellation)
    {
        switch (settlement)
        {
            case Settlement.Confirmed confirmed:
                var marked = claims.MarkPaidAsync(record.Payment, claim, cancellation);
                record = await ChangeAsync(record, PaymentState.Paid, payment => payment with { BillerReference = confirmed.Reference }, cancellation);
                await marked;
                return await FinishAsync(record, entry, claim, customerWaits, cancellation);

            case Settlement.Refused refused:
                await ReturnMoneyAsync(record.Payment, cancellation);
                record = await ChangeAsync(
                    record, PaymentState.Failed, payment => payment with { Failure = ErrorOf(refused.Reason, payment), IsReturned = true }, cancellation);
                return await FinishAsync(record, entry, claim, customerWaits, cancellation);

            default:
                record = await ChangeAsync(record, PaymentState.Pending, payment => payment, cancellation);
                return record.Payment.State.IsFinal() ? await FinishAsync(record, entry, claim, customerWaits, cancellation) : record.Payment;
        }
    }

    /// <summary>Ends a payment that is too old to be begun now: its account is not debited any more.</summary>
    /// <returns>The error it failed with; or the payment, when it turns out that the account was debited.</returns>
    public async Task<Result<Payment>> AbandonAsync(PaymentRecord record, OpenPayment entry, CancellationToken cancellation) =>
        await EndUndebitedAsync(record, entry, null, new PaymentInterrupted(), customerWaits: false, cancellation);

    /// <summary>True when the books have the payment's debit.</summary>
    public async Task<bool> IsDebitedAsync(Payment payment, CancellationToken cancellation) =>
        await find.RunAsync(payment.Journal, payment.From, cancellation) is not null;

    public static BillerOrder OrderOf(Payment payment) =>
        new(payment.Id.Value, payment.Account, payment.InvoiceNumber, payment.Amount, payment.Penalty, payment.StartedAt);

    /// <param name="payee">Whom the customer reads on his statement; it makes no other journal of it.</param>
    public static Journal JournalOf(Payment payment, Party? payee = null)
    {
        var settlement = BankAccount.Settlement(payment.Account.Company.Value, payment.Total.Currency);
        IReadOnlyList<Leg> legs = payment.Debit.Currency == payment.Total.Currency
            ? [Leg.Debit(payment.From, payment.Debit, payee), Leg.Credit(settlement, payment.Total)]
            :
            [
                Leg.Debit(payment.From, payment.Debit, payee),
                Leg.Credit(ExchangePosition(payment.Debit.Currency), payment.Debit),
                Leg.Debit(ExchangePosition(payment.Total.Currency), payment.Total),
                Leg.Credit(settlement, payment.Total),
            ];
        var bookedOn = payment.StartedAt.InZone(BankTime.Tirane).Date;
        return new Journal(payment.Journal, JournalKind, legs, payment.Description ?? Text(payment), bookedOn, payment.Id.Value.ToString("N"));
    }

    private Party PayeeOf(Payment payment) => new(companies.Of(payment.Account.Company).Name, null);

    /// <summary>What the bank holds of a currency by exchanging it; one account per currency, positive when it bought more than it sold.</summary>
    private static BankAccount ExchangePosition(Currency currency) => new("fx/position", currency);

    /// <summary>Ends a payment that this run believes undebited; voiding the journal makes that belief true, or shows that another run was faster.</summary>
    private async Task<Result<Payment>> EndUndebitedAsync(
        PaymentRecord record, OpenPayment entry, ClaimRow? claim, Error failure, bool customerWaits, CancellationToken cancellation)
    {
        if (failure is PaymentInterrupted or TransactionVoided)
        {
            // Perhaps another run has ended it, or has voided it and is about to: end it the same way.
            record = await payments.FindAsync(record.Payment.Customer, record.Payment.Id, cancellation) ?? record;
            failure = record.Payment.Failure ?? new PaymentInterrupted();
        }

        if (await VoidAsync(record.Payment, cancellation) == VoidOutcome.AlreadyPosted)
        {
            record = await payments.FindAsync(record.Payment.Customer, record.Payment.Id, cancellation) ?? record;
            if (record.Payment.State.IsFinal())
                return await FinishAsync(record, entry, null, customerWaits, cancellation);
            var settlement = await billers.PayAsync(OrderOf(record.Payment), cancellation);
            return await SettleAsync(record, entry, null, settlement, customerWaits, cancellation);
        }

        record = await ChangeAsync(record, PaymentState.Failed, payment => payment with { Failure = failure }, cancellation);
        return await FinishAsync(record, entry, claim, customerWaits, cancellation);
    }

    private async Task<VoidOutcome> VoidAsync(Payment payment, CancellationToken cancellation)
    {
        var voided = await voidJournal.RunAsync(payment.Journal, payment.From, cancellation);
        return voided.IsSuccess
            ? voided.Value
            : throw new InvalidOperationException($"Payment {payment.Id} cannot be voided: {voided.Error.Code}.");
    }

    private async Task ReturnMoneyAsync(Payment payment, CancellationToken cancellation)
    {
        var reversed = await reverse.RunAsync(payment.Journal, payment.From, payment.Reversal, Text(payment), cancellation);
        if (!reversed.IsSuccess && reversed.Error is not AlreadyReversed)
            throw new InvalidOperationException($"Payment {payment.Id} cannot be reversed: {reversed.Error.Code}.");
    }

    /// <summary>Everything that follows from a final state, then the open entry goes. What was done before is not done again.</summary>
    private async Task<Result<Payment>> FinishAsync(
        PaymentRecord record, OpenPayment entry, ClaimRow? claim, bool customerWaits, CancellationToken cancellation)
    {
        var payment = record.Payment;
        if (payment.State == PaymentState.Paid)
        {
            if (claim?.ReadState() != ClaimState.Paid)
                await claims.MarkPaidAsync(payment, claim, cancellation);
            if (customerWaits)
                later.Start($"Payment {payment.Id}", () => TellAndCloseAsync(payment, entry));
            else
                await TellAndCloseAsync(payment, entry);
            return payment;
        }

        await claims.FreeAsync(payment, claim, payment.Failure!.Code, cancellation);
        if (payment.IsReturned && !customerWaits)
        {
            foreach (var listener in listeners)
                await listener.ReturnedAsync(payment, cancellation);
        }

        await open.CloseAsync(entry, cancellation);
        return payment.Failure;
    }

    /// <summary>The last of a paid payment. As long as it is not done the entry is there, and the sweeper does it again.</summary>
    private async Task TellAndCloseAsync(Payment payment, OpenPayment entry)
    {
        foreach (var listener in listeners)
            await listener.PaidAsync(payment, CancellationToken.None);
        await open.CloseAsync(entry, CancellationToken.None);
    }

    private async Task<PaymentRecord> ChangeAsync(
        PaymentRecord record, PaymentState state, Func<Payment, Payment> facts, CancellationToken cancellation)
    {
        var changed = await payments.ChangeAsync(
            record, payment => payment.State.CanBecome(state) ? facts(payment.Become(state, Now)) : null, cancellation);
        if (changed.Payment.State != state)
            LogStayed(changed.Payment.Id, changed.Payment.State, state);
        else if (record.Payment.State != state && state is (PaymentState.Paid or PaymentState.Failed))
            metrics.Bill(state == PaymentState.Paid ? "paid" : "failed", amount: changed.Payment.Total, error: changed.Payment.Failure);
        return changed;
    }

    /// <summary>The line on the statement.</summary>
    internal static string Text(Payment payment) => $"{payment.Account.Company} {payment.InvoiceNumber}";

    private static Error ErrorOf(RefusalReason reason, Payment payment) => reason switch
    {
        RefusalReason.AlreadyPaid => new InvoiceAlreadyPaid(),
        RefusalReason.AmountChanged => new InvoiceAmountChanged(payment.Total),
        RefusalReason.Withdrawn => new InvoiceWithdrawn(),
        _ => new InvoiceNotFound(),
    };

    [LoggerMessage(Level = LogLevel.Information, Message = "Payment {Payment} is {State} already; {News} comes too late")]
    private partial void LogStayed(PaymentId payment, PaymentState state, PaymentState news);
}
