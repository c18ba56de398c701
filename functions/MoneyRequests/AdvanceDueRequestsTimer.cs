using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.MoneyRequests;

namespace Serverless.Functions.MoneyRequests;

/// <summary>Reminders, expiries, and what a killed process left: every minute, since a killed payment is among it (REQ-16).</summary>
public sealed class AdvanceDueRequestsTimer(AdvanceDueRequests advance, TimeProvider time)
{
    [Function("MoneyRequests_AdvanceDue")]
    public Task RunAsync([TimerTrigger("%MoneyRequestsAdvanceDueSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        advance.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
