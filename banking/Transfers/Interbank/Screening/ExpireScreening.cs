using Serverless.Banking.Transfers;

namespace Serverless.Banking.Interbank;

/// <summary>Rejects a stopped transfer about which nobody has decided in time (TRF-39).</summary>
public sealed class ExpireScreening
{
    private readonly InterbankOrders orders;
    private readonly InterbankCourse course;

    internal ExpireScreening(InterbankOrders orders, InterbankCourse course) => (this.orders, this.course) = (orders, course);

    /// <returns>Where the order stands; it may have been decided in the last moment. Null when there is none.</returns>
    public async Task<OrderProgress?> RunAsync(TransferId id, CancellationToken cancellation)
    {
        if (await orders.FindAsync(id, cancellation) is not { } record)
            return null;
        record = await course.RejectAsync(
            record, InterbankReasons.ScreeningExpired,
            order => order.State == InterbankOrderState.Suspended && course.Now >= order.ScreeningDeadline, cancellation);
        return new OrderProgress(record.Order.State, record.Order.StartsAt, record.Order.ScreeningDeadline);
    }
}
