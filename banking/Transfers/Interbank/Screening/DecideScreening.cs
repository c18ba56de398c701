using Serverless.Banking.Calendar;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>A member of staff lets a stopped transfer go, or rejects it (TRF-39).</summary>
public sealed class DecideScreening
{
    private readonly InterbankOrders orders;
    private readonly InterbankCourse course;
    private readonly BankCalendar calendar;

    internal DecideScreening(InterbankOrders orders, InterbankCourse course, BankCalendar calendar) =>
        (this.orders, this.course, this.calendar) = (orders, course, calendar);

    /// <returns>The order as it is then; the same decision by the same member again gives the same answer. Or, first match: <see cref="ScreeningNotFound"/>,
    /// <see cref="ScreeningEnded"/>.</returns>
    public async Task<Result<InterbankOrder>> RunAsync(TransferId id, bool approve, string staff, CancellationToken cancellation)
    {
        if (await orders.FindAsync(id, cancellation) is not { Order.ScreeningHit: not null } record)
            return new ScreeningNotFound();

        // The time in the screening does not count: the way begins anew by calendar and cut-off.
        var plan = calendar.Plan(record.Order.Transfer.Kind.Short());
        (record, var isChanged) = await orders.ChangeAsync(
            record,
            order => order.State != InterbankOrderState.Suspended || course.Now >= order.ScreeningDeadline ? null
                : approve ? order with
                {
                    State = InterbankOrderState.Cleared,
                    ScreenedBy = staff,
                    StartsAt = plan.StartsAt,
                    ExecutionDate = plan.ExecutionDate,
                    ExpectedBy = plan.ExpectedBy,
                }
                : order with { State = InterbankOrderState.Rejecting, ScreenedBy = staff, Reason = InterbankReasons.Screening },
            cancellation);
        var isHis = record.Order.ScreenedBy == staff && approve == (record.Order.Reason != InterbankReasons.Screening);
        if (!isChanged && !isHis)
            return new ScreeningEnded(record.Order.State);
        await orders.UnstopAsync(id, cancellation);
        return (await course.ContinueAsync(record, cancellation)).Order;
    }
}
