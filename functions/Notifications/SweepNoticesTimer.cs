using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Notifications;
using Serverless.Banking.Outbox;

namespace Serverless.Functions.Notifications;

/// <summary>Every minute: first what a crash left unsaid of things that were done, then what was said and not delivered.</summary>
public sealed class SweepNoticesTimer(SweepOutbox outbox, SweepNotices sweep, TimeProvider time)
{
    [Function("Notifications_Sweep")]
    public async Task RunAsync([TimerTrigger("%NotificationsSweepSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        await outbox.RunAsync(cancellation);
        await sweep.RunAsync(olderThan: Instant.FromDateTimeOffset(time.GetUtcNow()) - SweepNotices.Grace, cancellation);
    }
}
