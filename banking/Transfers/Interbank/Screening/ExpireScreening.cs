using Serverless.Banking.Audit;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Rejects a stopped transfer about which nobody has decided in time (TRF-39).</summary>
public sealed class ExpireScreening
{
    private readonly InterbankOrders orders;
    private readonly InterbankCourse course;
    private readonly RecordAudit audit;

    internal ExpireScreening(InterbankOrders orders, InterbankCourse course, RecordAudit audit) => (this.orders, this.course, this.audit) = (orders, course, audit);

    /// <returns>Where the order stands; it may have been decided in the last moment. Null when there is none.</returns>
    public async Task<OrderProgress?> RunAsync(TransferId id, CancellationToken cancellation)
    {
        if (await orders.FindAsync(id, cancellation) is not { } record)
            return null;
        if (IsOver(record.Order))
        {
            await audit.RunAsync(
                new AuditEvent(AuditActor.Bank("screening_deadline"), "screening_expired", $"transfer/{id}")
                {
                    Id = StableGuid.Of("screening", record.Order.MessageId, "expired"),
                    Before = "suspended",
                    After = "rejected",
                },
                cancellation);
        }

        record = await course.RejectAsync(record, InterbankReasons.ScreeningExpired, IsOver, cancellation);
        return new OrderProgress(record.Order.State, record.Order.StartsAt, record.Order.ScreeningDeadline);
    }

    private bool IsOver(InterbankOrder order) => order.State == InterbankOrderState.Suspended && course.Now >= order.ScreeningDeadline;
}
