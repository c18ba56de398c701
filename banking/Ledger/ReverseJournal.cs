using Azure;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Corrects a posted journal by its mirror: entries are never changed nor deleted.</summary>
public sealed class ReverseJournal
{
    private readonly BankTables tables;
    private readonly Posting posting;
    private readonly TimeProvider time;

    internal ReverseJournal(BankTables tables, Posting posting, TimeProvider time) => (this.tables, this.posting, this.time) = (tables, posting, time);

    /// <param name="debtor">The original's <see cref="Journal.Decider"/>.</param>
    /// <param name="reversal">Derive it from the original's id: a journal is reversed by one id only.</param>
    /// <param name="reason">As the customer reads it; at most 140 characters.</param>
    /// <returns>The mirror as posted, booked on today's business date. Or, first match: <see cref="JournalNotFound"/>, <see cref="JournalNotReversible"/>, <see cref="AlreadyReversed"/>, then the errors of
    /// <see cref="PostJournal"/> (a creditor may have spent the money). After an error the same call can be repeated.</returns>
    public async Task<Result<PostedJournal>> RunAsync(
        TransactionId original, AccountId debtor, TransactionId reversal, string reason, CancellationToken cancellation)
    {
        var table = tables.Open(LedgerKeys.Table);
        var partition = LedgerKeys.Partition(debtor);
        var row = await table.GetEntityIfExistsAsync<TableEntity>(partition, LedgerKeys.Marker(original), null, cancellation);
        if (!row.HasValue || Marker.From(row.Value!).Journal is not { } journal)
        {
            return new JournalNotFound();
        }

        if (journal.Creditors() is > 1 and var creditors)
        {
            return new JournalNotReversible(creditors);
        }

        var claim = await ClaimAsync(table, partition, original, reversal, cancellation);
        if (claim != reversal)
        {
            return new AlreadyReversed(claim);
        }

        var today = Instant.FromDateTimeOffset(time.GetUtcNow()).InZone(BankTime.Tirane).Date;
        var mirror = new Journal(
            reversal, $"{journal.Kind}_reversal", [.. journal.Legs.Select(leg => leg.Mirrored())], reason, today, journal.Reference);
        return await posting.PostAsync(mirror, precondition: null, aftermath: null, cancellation);
    }

    /// <returns>The id that may reverse the original.</returns>
    private static async Task<TransactionId> ClaimAsync(
        TableClient table, string partition, TransactionId original, TransactionId reversal, CancellationToken cancellation)
    {
        var claim = new TableEntity(partition, LedgerKeys.Reversal(original)) { ["Reversal"] = reversal.ToString() };
        try
        {
            await table.AddEntityAsync(RowSeal.Seal(claim), cancellation);
            return reversal;
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            var row = await table.GetEntityAsync<TableEntity>(partition, LedgerKeys.Reversal(original), null, cancellation);
            return new TransactionId(Guid.ParseExact(row.Value.RequiredText("Reversal"), "N"));
        }
    }
}
