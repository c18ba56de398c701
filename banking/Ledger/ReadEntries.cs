using Azure.Data.Tables;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>A page of an account's entries, newest first.</summary>
/// <remarks>
/// Entries are numbered without gaps, so both ends of a page are known beforehand: storage is asked for the page's own rows and nothing behind
/// them, and a page costs the same whatever the account's age.
/// </remarks>
public sealed class ReadEntries
{
    public const int PageAtMost = 200;

    private readonly BankTables tables;
    private readonly AccountHeads heads;

    internal ReadEntries(BankTables tables, AccountHeads heads) => (this.tables, this.heads) = (tables, heads);

    /// <param name="before">Sequence of the last entry already seen; null for the newest page.</param>
    /// <param name="limit">1 to <see cref="PageAtMost"/>.</param>
    /// <returns>Entries with a smaller sequence, newest first; fewer than the limit at the account's beginning. One storage call.</returns>
    public async Task<IReadOnlyList<Entry>> RunAsync(AccountId account, long? before, int limit, CancellationToken cancellation)
    {
        var after = before is { } sequence ? LedgerKeys.Entry(sequence) : LedgerKeys.EntryPrefix;
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey gt {after} and RowKey le {Oldest(before - limit)}");
        return [.. (await ReadAsync(filter, limit, cancellation)).Select(EntryRow.ToEntry)];
    }

    /// <summary>The newest entries together with the account itself, as one moment had them: one storage call.</summary>
    /// <param name="limit">1 to <see cref="PageAtMost"/>.</param>
    /// <returns>Null when there is no such account.</returns>
    public async Task<NewestEntries?> NewestAsync(AccountId account, int limit, CancellationToken cancellation)
    {
        // A head that is not the latest ends the range too far back, which costs some rows and no more.
        var remembered = heads.Recall(account);
        var newest = await NewestAsync(account, remembered?.Sequence - limit + 1, limit, cancellation);
        return remembered is not null && newest is not null && newest.Entries.Count < Math.Min(limit, newest.Book.Sequence)
            ? await NewestAsync(account, oldest: null, limit, cancellation)
            : newest;
    }

    private async Task<NewestEntries?> NewestAsync(AccountId account, long? oldest, int limit, CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey ge {LedgerKeys.Head} and RowKey le {Oldest(oldest)}");
        var rows = await ReadAsync(filter, limit, cancellation, more: 1);
        if (rows is not [{ RowKey: LedgerKeys.Head } row, .. var entries])
        {
            return null;
        }

        var head = Head.From(row);
        heads.Remember(head, head.ETag);
        return new NewestEntries(AccountBook.Of(head), [.. entries.Select(EntryRow.ToEntry)]);
    }

    /// <summary>The last row key of a page that goes back to this entry; of all entries when the number is not known, or before the first.</summary>
    private static string Oldest(long? sequence) => sequence is > 0 and { } known ? LedgerKeys.Entry(known) : LedgerKeys.EntryPrefix + "~";

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
