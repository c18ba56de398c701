using NodaTime;
using Serverless.Banking.Messages;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Notifications;

/// <summary>Asks again for the delivery of notices whose message was lost or gave up.</summary>
/// <remarks>Costs in proportion to what is undelivered: only the due rows of the outbox are read.</remarks>
public sealed class SweepNotices(NoticeTable outbox, IWorkMessages messages, BankMetrics metrics)
{
    public static Duration Grace { get; } = Duration.FromMinutes(1);

    /// <param name="olderThan">Younger notices are left to the message that is on its way.</param>
    /// <returns>How many deliveries were asked for.</returns>
    public async Task<int> RunAsync(Instant olderThan, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var id in outbox.DueAsync(olderThan, cancellation))
        {
            await messages.SendAsync(WorkQueues.Notices, [new NoticeDue(id.Value)], cancellation);
            count++;
        }

        metrics.Swept("notices", count);
        return count;
    }
}
