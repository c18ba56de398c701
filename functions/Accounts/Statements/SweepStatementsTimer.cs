using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Accounts;

namespace Serverless.Functions.Accounts;

/// <summary>Makes long statements whose message was lost.</summary>
public sealed class SweepStatementsTimer(SweepStatements sweep, TimeProvider time)
{
    private static readonly Duration Grace = Duration.FromMinutes(5);

    [Function("Accounts_SweepStatements")]
    public Task RunAsync([TimerTrigger("%StatementsSweepSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        sweep.RunAsync(begunBefore: Instant.FromDateTimeOffset(time.GetUtcNow()) - Grace, cancellation);
}
