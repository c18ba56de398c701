using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Telemetry;

namespace Serverless.Banking.Ledger;

/// <summary>Finishes what a killed process left open.</summary>
/// <remarks>
/// An open journal that was not decided is posted: its caller had no answer yet, and posting is what he asked for. One that is refused now is
/// voided before it is dropped, because the first attempt may be slow instead of dead. A conditional one is posted when what it depends on is there,
/// and else withdrawn.
/// </remarks>
public sealed partial class SweepJournals
{
    private const int AtOnce = 8;

    private readonly OpenJournals open;
    private readonly Posting posting;
    private readonly VoidJournal voids;
    private readonly JournalConditions conditions;
    private readonly JournalFollowUps followUps;
    private readonly Backlogs backlogs;
    private readonly TimeProvider time;
    private readonly BankMetrics metrics;
    private readonly ILogger<SweepJournals> log;

    internal SweepJournals(
        OpenJournals open, Posting posting, VoidJournal voids, JournalConditions conditions, JournalFollowUps followUps, Backlogs backlogs, TimeProvider time, BankMetrics metrics,
        ILogger<SweepJournals> log) =>
        (this.open, this.posting, this.voids, this.conditions, this.followUps, this.backlogs, this.time, this.metrics, this.log) =
        (open, posting, voids, conditions, followUps, backlogs, time, metrics, log);

    /// <param name="olderThan">Leaves alone what may still be in work.</param>
    /// <returns>How many open journals were finished or dropped. Cost in proportion to the open ones; some at a time, and one that fails does not stop the others.</returns>
    public async Task<int> RunAsync(Instant olderThan, CancellationToken cancellation)
    {
        var (found, finished) = (new ConcurrentBag<(Instant Since, Money Amount)>(), 0);
        var options = new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(open.ListAsync(olderThan, cancellation), options, async (row, token) =>
        {
            try
            {
                var journal = JournalText.Read(row.Text);
                found.Add((row.Since, journal.Legs[0].Amount));
                if (await FinishAsync(row, journal, token))
                {
                    Interlocked.Increment(ref finished);
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(row.Key, e);
            }
        });
        backlogs.Report("journals", found.Count - finished);
        Tell(found, found.Count - finished);
        return finished;
    }

    private void Tell(IReadOnlyCollection<(Instant Since, Money Amount)> found, int undone)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        metrics.Swept("journals", undone, found.Count == 0 ? TimeSpan.Zero : (now - found.Min(one => one.Since)).ToTimeSpan());
        metrics.InFlight(found.Select(one => one.Amount));
    }

    private async Task<bool> FinishAsync(OpenJournal row, Journal journal, CancellationToken cancellation)
    {
        if (row.IsConditional && !await conditions.HoldsAsync(journal, cancellation) && await voids.WithdrawAsync(journal.Id, journal.Decider!.Value, cancellation))
        {
            await open.RemoveAsync(row);
            return true;
        }

        var (posted, intent) = await posting.CarryThroughAsync(journal, row);
        var isDone = await IsDoneAsync(journal, posted, cancellation);
        if (isDone)
        {
            await (posted.IsSuccess ? followUps.RunAsync(posted.Value, cancellation) : followUps.GiveUpAsync(journal, cancellation));
            await open.RemoveAsync(intent);
        }

        return isDone;
    }

    private async Task<bool> IsDoneAsync(Journal journal, Result<PostedJournal> posted, CancellationToken cancellation) => posted switch
    {
        { IsSuccess: true } => posted.Value.IsComplete,
        { Error: AccountBusy } => false,
        { Error: TransactionVoided or JournalMismatch } => true,
        _ => journal.Decider is { } decider && (await voids.RunAsync(journal.Id, decider, cancellation)).Value == VoidOutcome.Voided,
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "Open journal {Key} could not be finished")]
    private partial void LogFailed(string key, Exception exception);
}
