using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Functions.Ledger;

/// <summary>Finishes journals that a killed process left open.</summary>
public sealed class SweepJournalsTimer(SweepJournals sweep, TimeProvider time)
{
    /// <summary>Longer than nearly any posting that is still alive takes; one that takes longer meets the sweeper's work and is answered like a repeat.</summary>
    private static readonly Duration Patience = Duration.FromSeconds(20);

    /// <summary>Twice a minute, so that with the patience nothing is open a minute after a killed process is back.</summary>
    [Function("Ledger_Sweep")]
    public Task RunAsync([TimerTrigger("0,30 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()) - Patience, cancellation);
}
