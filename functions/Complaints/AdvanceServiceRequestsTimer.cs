using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Complaints;

namespace Serverless.Functions.Complaints;

public sealed class AdvanceServiceRequestsTimer(AdvanceServiceRequests advance, TimeProvider time)
{
    [Function("Complaints_Advance")]
    public Task RunAsync([TimerTrigger("%ComplaintsAdvanceSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        advance.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
