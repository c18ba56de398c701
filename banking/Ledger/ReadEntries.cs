using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>A page of an account's entries, newest first.</summary>
public sealed class ReadEntries(BankTables tables)
{
    public const int PageAtMost = 100;

    /// <param name="before">Sequence of the last entry already seen; null for the newest page.</param>
    /// <param name="limit">1 to <see cref="PageAtMost"/>.</param>
    /// <returns>Entries with a smaller sequence, newest first; fewer than the limit at the account's beginning. One storage call.</returns>
    public async Task<IReadOnlyList<Entry>> RunAsync(AccountId account, long? before, int limit, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageAtMost);
        var after = before is { } sequence ? LedgerKeys.Entry(sequence) : LedgerKeys.EntryPrefix;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey gt {after} and RowKey lt {LedgerKeys.EntryPrefix + "~"}");
        var pages = tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(filter, maxPerPage: limit, cancellationToken: cancellation);
        var entries = new List<Entry>(limit);
        await foreach (var row in pages)
        {
            entries.Add(EntryRow.ToEntry(row));
            if (entries.Count == limit)
            {
                break;
            }
        }

        return entries;
    }
}
