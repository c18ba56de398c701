using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>A page of an account's entries, newest first.</summary>
public sealed class ReadEntries(BankTables tables)
{
    public const int PageAtMost = 200;

    /// <param name="before">Sequence of the last entry already seen; null for the newest page.</param>
    /// <param name="limit">1 to <see cref="PageAtMost"/>.</param>
    /// <returns>Entries with a smaller sequence, newest first; fewer than the limit at the account's beginning. One storage call.</returns>
    public async Task<IReadOnlyList<Entry>> RunAsync(AccountId account, long? before, int limit, CancellationToken cancellation)
    {
        var after = before is { } sequence ? LedgerKeys.Entry(sequence) : LedgerKeys.EntryPrefix;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey gt {after} and RowKey lt {LedgerKeys.EntryPrefix + "~"}");
        return [.. (await ReadAsync(filter, limit, cancellation)).Select(EntryRow.ToEntry)];
    }

    /// <summary>The newest entries together with the account itself, as one moment had them: one storage call.</summary>
    /// <param name="limit">1 to <see cref="PageAtMost"/>.</param>
    /// <returns>Null when there is no such account.</returns>
    public async Task<NewestEntries?> NewestAsync(AccountId account, int limit, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey ge {LedgerKeys.Head} and RowKey lt {LedgerKeys.EntryPrefix + "~"}");
        var rows = await ReadAsync(filter, limit, cancellation, more: 1);
        return rows is [{ RowKey: LedgerKeys.Head } head, .. var entries]
            ? new NewestEntries(AccountBook.Of(Head.From(head)), [.. entries.Select(EntryRow.ToEntry)])
            : null;
    }

    private async Task<List<TableEntity>> ReadAsync(string filter, int limit, CancellationToken cancellation, int more = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(limit, PageAtMost);
        var rows = new List<TableEntity>(limit + more);
        await foreach (var row in tables.Open(LedgerKeys.Table).QueryAsync<TableEntity>(filter, maxPerPage: limit + more, cancellationToken: cancellation))
        {
            rows.Add(row);
            if (rows.Count == limit + more)
            {
                break;
            }
        }

        return rows;
    }
}

/// <param name="Entries">Newest first.</param>
public sealed record NewestEntries(AccountBook Book, IReadOnlyList<Entry> Entries);
