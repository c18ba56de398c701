using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Ledger;

namespace Serverless.Functions.Ledger;

/// <summary>Finishes journals that a killed process left open.</summary>
public sealed class SweepJournalsTimer(SweepJournals sweep, TimeProvider time)
{
    /// <summary>Longer than any posting that is still alive takes.</summary>
    private static readonly Duration Patience = Duration.FromMinutes(1);

    [Function("Ledger_Sweep")]
    public Task RunAsync([TimerTrigger("0 * * * * *")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()) - Patience, cancellation);
}
