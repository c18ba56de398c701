using System.Runtime.CompilerServices;
using Azure.Data.Tables;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>Reads part of an account's entries, as many as the caller takes, in memory of one page.</summary>
public sealed class ScanEntries(BankTables tables)
{
    /// <summary>Entries of one storage call at most.</summary>
    public const int PageAtMost = 1000;

    /// <summary>
    /// A credit carries the time of the debit that decided its journal, so after a crash it may be numbered behind entries that are younger than
    /// it. A day is much longer than any journal stays open.
    /// </summary>
    public static readonly Duration Disorder = Duration.FromDays(1);

    private TableClient Table => tables.Open(LedgerKeys.Table);

    /// <param name="newest">Sequence to begin with.</param>
    /// <param name="pageSize">1 to <see cref="PageAtMost"/>: one storage call for so many.</param>
    public async IAsyncEnumerable<Entry> NewestFirstAsync(
        AccountId account, long newest, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        if (newest < 1)
        {
            yield break;
        }

        var filter = TableClient.CreateQueryFilter(
            $"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey ge {LedgerKeys.Entry(newest)} and RowKey lt {LedgerKeys.EntryPrefix + "~"}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: pageSize, cancellationToken: cancellation))
        {
            yield return EntryRow.ToEntry(row);
        }
    }

    /// <summary>From the oldest on: numbers have no gaps, so each page is a range of keys read backwards.</summary>
    /// <param name="oldest">Sequence to begin with, from 1.</param>
    /// <param name="newest">Sequence to end with.</param>
    /// <param name="pageSize">1 to <see cref="PageAtMost"/>: one storage call for so many.</param>
    public async IAsyncEnumerable<Entry> OldestFirstAsync(
        AccountId account, long oldest, long newest, int pageSize, [EnumeratorCancellation] CancellationToken cancellation)
    {
        for (var first = oldest; first <= newest; first += pageSize)
        {
            var (from, to) = (LedgerKeys.Entry(Math.Min(newest, first + pageSize - 1)), LedgerKeys.Entry(first));
            var filter = TableClient.CreateQueryFilter($"PartitionKey eq {LedgerKeys.Partition(account)} and RowKey ge {from} and RowKey le {to}");
            var page = new List<Entry>(pageSize);
            await foreach (var row in Table.QueryAsync<TableEntity>(filter, maxPerPage: pageSize, cancellationToken: cancellation))
            {
                page.Add(EntryRow.ToEntry(row));
            }

            for (var i = page.Count - 1; i >= 0; i--)
            {
                yield return page[i];
            }
        }
    }

    /// <summary>Where a time lies among an account's entries: guesses between the known ends, halves every second time, until a page is left.</summary>
    /// <param name="newest">The account's last sequence, or a smaller one.</param>
    /// <param name="opened">When the account was opened.</param>
    /// <param name="now">Not before the newest entry.</param>
    /// <returns>
    /// A range: entries numbered below <c>From</c> were posted before the time, those above <c>To</c> at it or later, save for <see cref="Disorder"/>.
    /// About five storage calls in an account of 100,000 entries spread evenly, seventeen at most.
    /// </returns>
    public async Task<(long From, long To)> LocateAsync(
        AccountId account, long newest, Instant opened, Instant now, Instant at, CancellationToken cancellation)
    {
        const int CloseEnough = 64;
        var (low, high) = (0L, newest + 1);
        var (lowAt, highAt) = (opened, now);
        for (var halve = false; high - low > CloseEnough; halve = !halve)
        {
            var share = highAt > lowAt ? Math.Clamp((at - lowAt).TotalSeconds / (highAt - lowAt).TotalSeconds, 0, 1) : 0.5;
            var guess = Math.Clamp(halve ? low + ((high - low) / 2) : low + (long)((high - low) * share), low + 1, high - 1);
            var posted = await PostedAtAsync(account, guess, cancellation);
            (low, lowAt, high, highAt) = posted < at ? (guess, posted, high, highAt) : (low, lowAt, guess, posted);
        }

        return (low + 1, Math.Min(high, newest));
    }

    private async Task<Instant> PostedAtAsync(AccountId account, long sequence, CancellationToken cancellation)
    {
        var row = await Table.GetEntityAsync<TableEntity>(LedgerKeys.Partition(account), LedgerKeys.Entry(sequence), ["PostedAt"], cancellation);
        return LedgerText.ToInstant(row.Value.RequiredText("PostedAt"));
    }
}
