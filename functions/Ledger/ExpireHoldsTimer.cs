using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Functions.Ledger;

/// <summary>Gives back what holds reserve whose time is over.</summary>
public sealed class ExpireHoldsTimer(ExpireHolds expire, TimeProvider time)
{
    [Function("Ledger_ExpireHolds")]
    public Task RunAsync([TimerTrigger("30 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        expire.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
