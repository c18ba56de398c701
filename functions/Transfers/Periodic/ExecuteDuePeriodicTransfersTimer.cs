using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Transfers;

namespace Serverless.Functions.Transfers;

/// <summary>Every hour: 06:00, 12:00 and 18:00 Europe/Tirane are among them whatever the clocks of the season (TRF-33, TRF-41).</summary>
public sealed class ExecuteDuePeriodicTransfersTimer(ExecuteDuePeriodicTransfers execute, TimeProvider time)
{
    [Function("PeriodicTransfers_ExecuteDue")]
    public Task RunAsync([TimerTrigger("%PeriodicTransfersExecuteDueSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        execute.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
