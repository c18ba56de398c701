using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>What a journal booked on one account: two storage calls.</summary>
public sealed class FindEntries(BankTables tables)
{
    /// <returns>Null when nothing of the journal is booked there.</returns>
    public async Task<BookedEntries?> RunAsync(TransactionId transaction, AccountId account, CancellationToken cancellation)
    {
        var table = tables.Open(LedgerKeys.Table);
        var partition = LedgerKeys.Partition(account);
        var marker = LedgerKeys.Marker(transaction);

        // The marker of an account that followed names the one that decided behind the transaction.
        var markers = TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {marker} and RowKey lt {marker + "~"}");
        await foreach (var row in table.QueryAsync<TableEntity>(markers, cancellationToken: cancellation))
        {
            if (row.Text("State") != nameof(MarkerState.Posted) || row.Number("First") is not { } first || row.Number("Count") is not > 0)
            {
                continue;
            }

            var (from, to) = (LedgerKeys.Entry(first + row.RequiredNumber("Count") - 1), LedgerKeys.Entry(first));
            var lines = new List<Entry>();
            await foreach (var line in table.QueryAsync<TableEntity>(
                TableClient.CreateQueryFilter($"PartitionKey eq {partition} and RowKey ge {from} and RowKey le {to}"), cancellationToken: cancellation))
            {
                lines.Add(EntryRow.ToEntry(line));
            }

            lines.Reverse();
            return new BookedEntries(lines, Marker.From(row).Journal);
        }

        return null;
    }

    /// <summary>Whether anything of the journal is booked there: one storage call.</summary>
    public async Task<bool> AreThereAsync(TransactionId transaction, AccountId account, CancellationToken cancellation)
    {
        var marker = LedgerKeys.Marker(transaction);
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey ge {marker} and RowKey lt {marker + "~"}");
        await foreach (var row in tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(filter, select: ["State", "Count"], cancellationToken: cancellation))
        {
            if (row.Text("State") == nameof(MarkerState.Posted) && row.Number("Count") > 0)
            {
                return true;
            }
        }

        return false;
    }
}

/// <param name="Lines">In the journal's order; at least one.</param>
/// <param name="Journal">The whole of it, where this account decided it; null on the accounts that followed.</param>
public sealed record BookedEntries(IReadOnlyList<Entry> Lines, Journal? Journal);
