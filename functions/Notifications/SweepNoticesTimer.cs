using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Notifications;

namespace Serverless.Functions.Notifications;

public sealed class SweepNoticesTimer(SweepNotices sweep, TimeProvider time)
{
    [Function("Notifications_Sweep")]
    public Task RunAsync([TimerTrigger("%NotificationsSweepSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(olderThan: Instant.FromDateTimeOffset(time.GetUtcNow()) - SweepNotices.Grace, cancellation);
}
