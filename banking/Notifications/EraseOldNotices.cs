using NodaTime;

namespace Serverless.Banking.Notifications;

/// <summary>Erases what is older than a year (NOTE-19): the line of the customer's list first, then the notice. Killed in between, the next run goes on.</summary>
/// <remarks>Costs in proportion to what is erased: the outbox has a row per closed notice, by time.</remarks>
public sealed class EraseOldNotices
{
    private readonly NoticeTable outbox;
    private readonly NotificationList list;

    internal EraseOldNotices(NoticeTable outbox, NotificationList list) => (this.outbox, this.list) = (outbox, list);

    /// <returns>How many were erased.</returns>
    public async Task<int> RunAsync(Instant closedBefore, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var (id, row) in outbox.ClosedAsync(closedBefore, cancellation))
        {
            var stored = await outbox.FindAsync(id, cancellation);
            if (stored?.Notice.Customer is { } customer)
                await list.RemoveAsync(customer, stored, cancellation);
            await outbox.EraseAsync(id, row, cancellation);
            count++;
        }

        return count;
    }
}
