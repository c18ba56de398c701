using Serverless.Banking.Audit;
using Serverless.Banking.Calendar;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>A member of staff lets a stopped transfer go, or rejects it (TRF-39).</summary>
/// <remarks>The audit trail has the decision before it takes effect: nothing is decided that nobody answers for.</remarks>
public sealed class DecideScreening
{
    private readonly InterbankOrders orders;
    private readonly InterbankCourse course;
    private readonly BankCalendar calendar;
    private readonly RecordAudit audit;

    internal DecideScreening(InterbankOrders orders, InterbankCourse course, BankCalendar calendar, RecordAudit audit) =>
        (this.orders, this.course, this.calendar, this.audit) = (orders, course, calendar, audit);

    /// <returns>The order as it is then; the same decision by the same member again gives the same answer. Or, first match: <see cref="ScreeningNotFound"/>,
    /// <see cref="ScreeningEnded"/>.</returns>
    public async Task<Result<InterbankOrder>> RunAsync(TransferId id, bool approve, AuditActor staff, CancellationToken cancellation)
    {
        if (await orders.FindAsync(id, cancellation) is not { Order.ScreeningHit: not null } record)
            return new ScreeningNotFound();

        if (IsOpen(record.Order))
            await AuditAsync(record.Order, approve, staff, cancellation);

        // The time in the screening does not count: the way begins anew by calendar and cut-off.
        var plan = calendar.Plan(record.Order.Transfer.Kind.Short());
        (record, var isChanged) = await orders.ChangeAsync(
            record,
            order => !IsOpen(order) ? null
                : approve ? order with
                {
                    State = InterbankOrderState.Cleared,
                    ScreenedBy = staff.Id,
                    StartsAt = plan.StartsAt,
                    ExecutionDate = plan.ExecutionDate,
                    ExpectedBy = plan.ExpectedBy,
                }
                : order with { State = InterbankOrderState.Rejecting, ScreenedBy = staff.Id, Reason = InterbankReasons.Screening },
            cancellation);
        var isHis = record.Order.ScreenedBy == staff.Id && approve == (record.Order.Reason != InterbankReasons.Screening);
        if (!isChanged && !isHis)
            return new ScreeningEnded(record.Order.State);
        await orders.UnstopAsync(id, cancellation);
        return (await course.ContinueAsync(record, cancellation)).Order;
    }

    private bool IsOpen(InterbankOrder order) => order.State == InterbankOrderState.Suspended && course.Now < order.ScreeningDeadline;

    private Task AuditAsync(InterbankOrder order, bool approve, AuditActor staff, CancellationToken cancellation) => audit.RunAsync(
        new AuditEvent(staff, approve ? "screening_approved" : "screening_rejected", $"transfer/{order.Id}")
        {
            Id = StableGuid.Of("screening", order.MessageId, staff.Id, approve ? "approved" : "rejected"),
            Before = "suspended",
            After = approve ? "cleared" : "rejected",
        },
        cancellation);
}
