using Microsoft.Extensions.Logging;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>Gives back what holds reserve whose time is over.</summary>
public sealed partial class ExpireHolds
{
    private readonly HoldIndex index;
    private readonly ReleaseHold release;
    private readonly ILogger<ExpireHolds> log;

    internal ExpireHolds(HoldIndex index, ReleaseHold release, ILogger<ExpireHolds> log) => (this.index, this.release, this.log) = (index, release, log);

    /// <returns>How many rows of the index were dealt with. Cost in proportion to them; one that fails does not stop the others.</returns>
    public async Task<int> RunAsync(Instant dueBefore, CancellationToken cancellation)
    {
        var ended = 0;
        await foreach (var due in index.ListAsync(dueBefore, cancellation))
        {
            try
            {
                var hold = await release.EndAsync(due.Hold, due.Account, due.Currency, HoldState.Expired);
                if (hold is { IsSuccess: true } or { Error: HoldEnded })
                {
                    await index.RemoveAsync(due, cancellation);
                    ended++;
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(due.Hold, e);
            }
        }

        return ended;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Hold {Hold} could not be ended")]
    private partial void LogFailed(HoldId hold, Exception exception);
}
