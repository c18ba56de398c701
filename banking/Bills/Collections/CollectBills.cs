using Azure;
using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;

namespace Serverless.Banking.Bills;

/// <summary>Looks at the invoices of one authorisation on its day: pays them, or reminds of them (BILL-18, BILL-19, BILL-22, BILL-23).</summary>
public sealed class CollectBills
{
    private readonly AuthorisationTable table;
    private readonly BillerClient billers;
    private readonly InvoiceTable invoices;
    private readonly PayInvoice pay;
    private readonly CollectionNotices notices;
    private readonly TimeProvider time;

    internal CollectBills(
        AuthorisationTable table, BillerClient billers, InvoiceTable invoices, PayInvoice pay, CollectionNotices notices, TimeProvider time) =>
        (this.table, this.billers, this.invoices, this.pay, this.notices, this.time) = (table, billers, invoices, pay, notices, time);

    /// <returns>
    /// The payments that the company has not confirmed yet: each needs the workflow that asks it. Or <see cref="CompanyUnavailable"/>: the
    /// collection stays due, and the next run of the timer asks again.
    /// </returns>
    /// <remarks>
    /// Comes twice, late and at the same time: each invoice is paid under a key made of authorisation, invoice and attempt, and the
    /// authorisation moves on to its next day under its ETag. Per invoice, in this order: skipped when it was missed while the
    /// authorisation was closed (BILL-17); left unpaid and notified above the maximum; else paid. A payment that lacks money is tried
    /// again on the next three days, then given up for this month; whatever else fails is notified and not tried again.
    /// </remarks>
    public async Task<Result<IReadOnlyList<PaymentId>>> RunAsync(CollectionDue due, CancellationToken cancellation)
    {
        var id = new AuthorisationId(due.Authorisation);
        var pointer = new CollectionPointer(due.Partition, due.Row, CustomerId.Of(due.Customer), id);
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        var today = PaymentCalendar.Today(now);
        var stored = await table.FindAsync(pointer.Customer, id, cancellation);
        if (stored?.It is not { Next: { } run } it || !IsFor(pointer, it))
        {
            await DropStrayAsync(pointer, cancellation);
            return Array.Empty<PaymentId>();
        }

        if (PaymentCalendar.RunAt(run.On) > now)
            return Array.Empty<PaymentId>();
        if (it.IsOver(today))
        {
            await MoveOnAsync(it with { CancelledOn = it.Terms.EndsOn!.Value.PlusDays(1), Next = null });
            return Array.Empty<PaymentId>();
        }

        var unpaid = await billers.ListUnpaidAsync(it.Account, cancellation);
        if (unpaid.Error is CompanyUnavailable unavailable)
        {
            if (today <= run.On.PlusDays(PaymentCalendar.RetryDays))
                return unavailable;
            await notices.CompanyAwayAsync(it, run, cancellation);
        }

        var wanted = unpaid.IsSuccess ? unpaid.Value.Invoices.Where(invoice => run.Invoices?.Contains(invoice.Number) ?? true).ToArray() : [];
        if (it.Terms.Type == PaymentType.Manual)
        {
            await RemindAsync(it, wanted, today, cancellation);
            await MoveOnAsync(it with { Next = NextCycle(it, now) });
            return Array.Empty<PaymentId>();
        }

        List<PaymentId> pending = [];
        List<(Invoice Invoice, Error Error)> lacking = [];
        foreach (var invoice in wanted.Where(invoice => !it.Closures.Any(closure => closure.Missed(invoice))))
        {
            if (it.Terms.Maximum is { } maximum && invoice.Total > maximum)
            {
                await notices.AboveMaximumAsync(it, invoice, cancellation);
                continue;
            }

            var paid = await PayAsync(it, run, invoice, cancellation);
            switch (paid.Error)
            {
                case null when paid.Value!.State is PaymentState.Pending or PaymentState.Processing:
                    pending.Add(paid.Value.Id);
                    break;
                case null or InvoiceAlreadyPaid or InvoiceBeingPaid or InvoiceWithdrawn or InvoiceNotFound:
                    break;
                case InsufficientFunds or AccountBusy or CompanyUnavailable or PaymentInterrupted or InvoiceAmountChanged:
                    lacking.Add((invoice, paid.Error));
                    break;
                default:
                    await notices.GivenUpAsync(it, invoice, paid.Error, run, cancellation);
                    break;
            }
        }

        var triesAgain = lacking.Count > 0 && run.Attempt < PaymentCalendar.RetryDays;
        foreach (var (invoice, error) in lacking)
        {
            if (triesAgain)
                await notices.TriedAgainAsync(it, invoice, error, run, cancellation);
            else
                await notices.GivenUpAsync(it, invoice, error, run, cancellation);
        }

        // The authorisation moves on last: killed before, the whole look is taken again, and everything in it meets its first try.
        var next = triesAgain
            ? new CollectionRun(run.Cycle, today.PlusDays(1), run.Attempt + 1, [.. lacking.Select(l => l.Invoice.Number)])
            : NextCycle(it, now);
        await MoveOnAsync(it with { Next = next });
        return pending;

        // The pointer goes with the change, unless somebody pointed there anew since the timer found it: the timer's next run looks again.
        // Another run of the same look may have moved it on already: then nothing is left to do.
        Task MoveOnAsync(Authorisation to) => table.ChangeAsync(stored, to, cancellation, due.ETag is { } seen ? new ETag(seen) : null);
    }

    private Task<Result<Payment>> PayAsync(Authorisation it, CollectionRun run, Invoice invoice, CancellationToken cancellation)
    {
        var name = StableGuid.Of(
            "bill_collection", it.Id.Value.ToString("N"), invoice.Number, run.Cycle.ToString("uuuuMMdd", null), run.Attempt.ToString("D", null)).ToString("N");
        var order = new PaymentOrder(
            it.Customer, IdempotencyKey.Of(name), name, PaymentOrigin.Automatic(it.Id.Value), it.Account, invoice.Number,
            invoice.Amount, invoice.Penalty, it.Terms.From, Description: null);
        return pay.RunAsync(order, cancellation);
    }

    private async Task RemindAsync(Authorisation it, IEnumerable<Invoice> unpaid, LocalDate today, CancellationToken cancellation)
    {
        // An invoice that is being paid this moment needs no reminder.
        var known = await invoices.ReadAsync(it.Account, cancellation);
        foreach (var invoice in unpaid.Select(known.WithClaim).Where(invoice => invoice.State == InvoiceState.Unpaid))
            await notices.RemindAsync(it, invoice, today, cancellation);
    }

    /// <summary>
    /// A pointer is written before its authorisation, so one that leads nowhere is looked at again: dropped only when nobody can be about to
    /// write that authorisation, else left to the timer's next run.
    /// </summary>
    private async Task DropStrayAsync(CollectionPointer pointer, CancellationToken cancellation)
    {
        if (await table.FindPointerAsync(pointer, cancellation) is not { } stray || !IndexRows.IsAbandoned(stray.WrittenAt, time.GetUtcNow()))
            return;
        if (await table.FindAsync(pointer.Customer, pointer.Authorisation, cancellation) is not { } stored || !IsFor(pointer, stored.It))
            await table.DropPointerAsync(stray.It, stray.ETag, cancellation);
    }

    private static bool IsFor(CollectionPointer pointer, Authorisation it) =>
        it is { State: AuthorisationState.Active, Next: { } run } && pointer.Row == CollectionKeys.Row(PaymentCalendar.RunAt(run.On), it.Id);

    private static CollectionRun NextCycle(Authorisation it, Instant now) =>
        CollectionRun.OnPaymentDay(PaymentCalendar.NextAfter(now, it.Terms.PaymentDay!.Value));
}
