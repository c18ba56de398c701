using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Health;

/// <summary>Looks at everything that the bank cannot serve without, side by side, each in its own time.</summary>
/// <remarks>Who asks while somebody's look is under way, or shortly after, gets that one's result: a flood of probes costs what one probe a second does.</remarks>
public sealed partial class CheckReadiness(
    IEnumerable<IReadinessCheck> checks, IOptions<HealthOptions> options, TimeProvider time, ILogger<CheckReadiness> log)
{
    private readonly IReadinessCheck[] checks = [.. checks.OrderBy(check => check.Name, StringComparer.Ordinal)];
    private readonly Lock gate = new();
    private Task<Readiness>? latest;
    private DateTimeOffset lookedAt;

    /// <summary>Nobody's own: it goes on when one of those who wait for it goes away.</summary>
    public Task<Readiness> RunAsync()
    {
        lock (gate)
        {
            var now = time.GetUtcNow();
            var isFresh = latest is { IsCompleted: false } || (latest is not null && (now - lookedAt).Duration() < options.Value.ReuseFor);
            if (!isFresh)
            {
                (latest, lookedAt) = (LookAsync(), now);
            }

            return latest!;
        }
    }

    private async Task<Readiness> LookAsync() => new(await Task.WhenAll(checks.Select(LookAtAsync)));

    private async Task<CheckedPart> LookAtAsync(IReadinessCheck check)
    {
        var started = time.GetTimestamp();
        using var limit = new CancellationTokenSource(check.TimeOut, time);
        var state = PartState.Failed;
        try
        {
            state = await check.IsReadyAsync(limit.Token).WaitAsync(limit.Token) ? PartState.Ready : PartState.Failed;
        }
        catch (Exception e)
        {
            state = limit.IsCancellationRequested ? PartState.TimedOut : PartState.Failed;
            LogNotThere(check.Name, state, e);
        }

        return new CheckedPart(check.Name, state, time.GetElapsedTime(started));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bank is not ready: {Check} is {State}")]
    private partial void LogNotThere(string check, PartState state, Exception exception);
}
