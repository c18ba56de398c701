using Microsoft.Extensions.Logging;

namespace Serverless.Banking.Approvals;

/// <summary>Finishes what was decided when the process died, or when the account was too busy.</summary>
public sealed partial class SettleChanges
{
    private readonly ChangeTable changes;
    private readonly ChangeSettlement settlement;
    private readonly ILogger<SettleChanges> log;

    internal SettleChanges(ChangeTable changes, ChangeSettlement settlement, ILogger<SettleChanges> log) =>
        (this.changes, this.settlement, this.log) = (changes, settlement, log);

    /// <returns>How many were settled. Cost in proportion to the changes that are not settled; one that fails does not stop the others.</returns>
    public async Task<int> RunAsync(CancellationToken cancellation)
    {
        var (settled, after) = (0, (string?)null);
        do
        {
            var page = await changes.ListAsync(isOpenOnly: true, new PageRequest(PageRequest.MaxLimit, after), cancellation);
            foreach (var change in page.Items.Where(change => change.State != ChangeState.Proposed))
            {
                settled += await TrySettleAsync(change.Id, cancellation) ? 1 : 0;
            }

            after = page.Next;
        }
        while (after is not null);

        return settled;
    }

    private async Task<bool> TrySettleAsync(ChangeId id, CancellationToken cancellation)
    {
        try
        {
            return await changes.FindAsync(id, cancellation) is { Change.State: ChangeState.Approved or ChangeState.Rejected } stored
                && (await settlement.RunAsync(stored, cancellation)).IsSuccess;
        }
        catch (Exception e) when (!cancellation.IsCancellationRequested)
        {
            LogFailed(id, e);
            return false;
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Change {Id} could not be settled")]
    private partial void LogFailed(ChangeId id, Exception exception);
}
