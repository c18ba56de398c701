using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Bills;

namespace Serverless.Functions.Bills;

/// <summary>Runs every hour: a day's collections are due from 06:00 Europe/Tirane, whatever the clocks of the season (BILL-23).</summary>
public sealed class CollectDueBillsTimer(CollectDueBills collect, TimeProvider time)
{
    [Function("Bills_CollectDue")]
    public Task RunAsync([TimerTrigger("%BillsCollectDueSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        collect.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
