using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.CustomerApprovals;

namespace Serverless.Functions.CustomerApprovals;

public sealed class AdvanceApprovalsTimer(AdvanceApprovals advance, TimeProvider time)
{
    [Function("CustomerApprovals_Advance")]
    public Task RunAsync([TimerTrigger("%ApprovalsAdvanceSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        advance.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
