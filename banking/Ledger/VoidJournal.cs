using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Makes sure that a journal is not posted later: whoever frees what a payment had claimed voids its journal first.</summary>
public sealed class VoidJournal(BankTables tables, TimeProvider time)
{
    private const int TriesAtMost = 12;

    /// <param name="debtor">The journal's <see cref="Journal.Decider"/>.</param>
    /// <returns>Voided: a late or repeated posting of the id is refused for ever. AlreadyPosted: it is in the books. Never an error.</returns>
    public async Task<Result<VoidOutcome>> RunAsync(TransactionId id, AccountId debtor, CancellationToken cancellation)
    {
        var state = await MarkAsync(Marker.Voided(debtor, id, Now), cancellation);
        return state == MarkerState.Posted ? VoidOutcome.AlreadyPosted : VoidOutcome.Voided;
    }

    /// <summary>
    /// Takes a journal back whose condition does not hold: a posting of it that is under way fails, even when it is slow instead of dead, and has to record
    /// its intent anew. So the intent found can be dropped afterwards.
    /// </summary>
    /// <returns>False when it is in the books already.</returns>
    internal async Task<bool> WithdrawAsync(TransactionId id, AccountId decider, CancellationToken cancellation) =>
        await MarkAsync(Marker.Withdrawn(decider, id, Now), cancellation) != MarkerState.Posted;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Inserts the marker, or puts it in the place of a withdrawn one; one that is posted or voided stays.</summary>
    /// <returns>What the marker says now.</returns>
    private async Task<MarkerState> MarkAsync(TableEntity marker, CancellationToken cancellation)
    {
        var table = tables.Open(LedgerKeys.Table);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await table.AddEntityAsync(marker, cancellation);
                return Marker.From(marker).State;
            }
            catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
            {
            }

            var row = await table.GetEntityAsync<TableEntity>(marker.PartitionKey, marker.RowKey, null, cancellation);
            var there = Marker.From(row.Value);
            if (there.State != MarkerState.Withdrawn)
            {
                return there.State;
            }

            try
            {
                await table.UpdateEntityAsync(marker, there.ETag, TableUpdateMode.Replace, cancellation);
                return Marker.From(marker).State;
            }
            catch (RequestFailedException e) when (StorageFaults.IsStale(e) && attempt < TriesAtMost)
            {
                await StorageFaults.BackOffAsync(attempt);
            }
        }
    }
}
