using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Makes sure that a journal is not posted later: whoever frees what a payment had claimed voids its journal first.</summary>
public sealed class VoidJournal(BankTables tables, TimeProvider time)
{
    /// <param name="debtor">The journal's <see cref="Journal.Decider"/>.</param>
    /// <returns>Voided: a late or repeated posting of the id is refused for ever. AlreadyPosted: it is in the books. Never an error.</returns>
    public async Task<Result<VoidOutcome>> RunAsync(TransactionId id, AccountId debtor, CancellationToken cancellation)
    {
        var table = tables.Open(LedgerKeys.Table);
        var marker = Marker.Voided(debtor, id, Instant.FromDateTimeOffset(time.GetUtcNow()));
        try
        {
            await table.AddEntityAsync(marker, cancellation);
            return VoidOutcome.Voided;
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            var row = await table.GetEntityAsync<TableEntity>(marker.PartitionKey, marker.RowKey, null, cancellation);
            return Marker.From(row.Value).State == MarkerState.Voided ? VoidOutcome.Voided : VoidOutcome.AlreadyPosted;
        }
    }
}
