using Microsoft.Extensions.Logging;
using NodaTime;

namespace Serverless.Banking.Ledger;

/// <summary>Finishes what a killed process left open.</summary>
/// <remarks>
/// An open journal that was not decided is posted: its caller had no answer yet, and posting is what he asked for. One that is refused now is
/// voided before it is dropped, because the first attempt may be slow instead of dead.
/// </remarks>
public sealed partial class SweepJournals
{
    private readonly OpenJournals open;
    private readonly Posting posting;
    private readonly VoidJournal voids;
    private readonly ILogger<SweepJournals> log;

    internal SweepJournals(OpenJournals open, Posting posting, VoidJournal voids, ILogger<SweepJournals> log) =>
        (this.open, this.posting, this.voids, this.log) = (open, posting, voids, log);

    /// <param name="olderThan">Leaves alone what may still be in work.</param>
    /// <returns>How many open journals were finished or dropped. Cost in proportion to the open ones; one that fails does not stop the others.</returns>
    public async Task<int> RunAsync(Instant olderThan, CancellationToken cancellation)
    {
        var finished = 0;
        await foreach (var row in open.ListAsync(olderThan, cancellation))
        {
            try
            {
                if (await FinishAsync(JournalText.Read(row.Text), cancellation))
                {
                    await open.RemoveAsync(row);
                    finished++;
                }
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested)
            {
                LogFailed(row.Key, e);
            }
        }

        return finished;
    }

    private async Task<bool> FinishAsync(Journal journal, CancellationToken cancellation)
    {
        var posted = await posting.WriteAsync(journal);
        return posted switch
        {
            { IsSuccess: true } => posted.Value.IsComplete,
            { Error: AccountBusy } => false,
            { Error: TransactionVoided or JournalMismatch } => true,
            _ => journal.Decider is { } decider && (await voids.RunAsync(journal.Id, decider, cancellation)).Value == VoidOutcome.Voided,
        };
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Open journal {Key} could not be finished")]
    private partial void LogFailed(string key, Exception exception);
}
