using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using NodaTime;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Ledger;

/// <summary>
/// The index of journals being posted: a row is written before the first leg and removed after the last, so that whatever a killed
/// process left half done is found at a cost in proportion to what is open.
/// </summary>
/// <remarks>
/// One row per attempt: an attempt removes only its own row, and only when the journal is complete or that attempt can no longer write.
/// The row carries the whole journal. Table <c>journals</c>: partition by shard, rows by time.
/// </remarks>
internal sealed partial class OpenJournals(BankTables tables, TimeProvider time, ILogger<OpenJournals> log) : IAsyncDisposable
{
    public const string TableName = "journals";

    private readonly ConcurrentDictionary<Task, Nothing> removals = new();

    private TableClient Table => tables.Open(TableName);

    /// <param name="isConditional">What it depends on is being written at the same time: the sweeper asks for that before it posts the journal.</param>
    public async Task<OpenJournal> AddAsync(Journal journal, bool isConditional, CancellationToken cancellation)
    {
        var since = Instant.FromDateTimeOffset(time.GetUtcNow());
        var row = new TableEntity($"open|{LedgerKeys.Shard(journal.Id)}", $"{Moment(since)}|{journal.Id}|{Random.Shared.Next():x8}")
        {
            ["Journal"] = JournalText.Write(journal),
        };
        if (isConditional)
        {
            row["IsConditional"] = true;
        }

        try
        {
            await Table.AddEntityAsync(row, cancellation);
        }
        catch (RequestFailedException e) when (StorageFaults.IsConflict(e))
        {
            // Only this attempt makes this key: its first try was stored although the answer was lost.
        }

        return From(row);
    }

    /// <summary>A row that is gone already is fine.</summary>
    public async Task RemoveAsync(OpenJournal open)
    {
        try
        {
            await Table.DeleteEntityAsync(open.Partition, open.Key, ETag.All, CancellationToken.None);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
        }
    }

    /// <summary>Removes the row after the caller has its answer. If that fails, the sweeper completes the journal and removes it.</summary>
    /// <param name="first">What is still to be written; false when it could not be.</param>
    public void RemoveSoon(OpenJournal open, Func<Task<bool>>? first = null)
    {
        var removal = RemoveQuietlyAsync(open, first);
        removals[removal] = default;
        _ = removal.ContinueWith(done => removals.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for the removals under way: at shutdown, and before a test counts calls.</summary>
    public Task DrainAsync() => Task.WhenAll(removals.Keys);

    public async ValueTask DisposeAsync() => await DrainAsync();

    /// <summary>Oldest first within a shard; a page is read when its first row is asked for.</summary>
    /// <remarks>One query over all shards: whatever is in this table is open, so reading it costs in proportion to that, and an idle sweep is one call.</remarks>
    public async IAsyncEnumerable<OpenJournal> ListAsync(Instant? olderThan, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var filter = TableClient.CreateQueryFilter($"RowKey lt {(olderThan is { } moment ? Moment(moment) : "~")}");
        await foreach (var row in Table.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
        {
            yield return From(row);
        }
    }

    private static OpenJournal From(TableEntity row) =>
        new(row.PartitionKey, row.RowKey, row.RequiredText("Journal"), row.GetBoolean("IsConditional") ?? false);

    private async Task RemoveQuietlyAsync(OpenJournal open, Func<Task<bool>>? first)
    {
        try
        {
            if (first is null || await first())
            {
                await RemoveAsync(open);
            }
        }
        catch (Exception e)
        {
            LogRemovalFailed(open.Key, e);
        }
    }

    private static string Moment(Instant instant) => instant.ToUnixTimeMilliseconds().ToString("D14", CultureInfo.InvariantCulture);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Open journal {Key} is left to the sweeper")]
    private partial void LogRemovalFailed(string key, Exception exception);
}

/// <summary>A row of the index.</summary>
internal sealed record OpenJournal(string Partition, string Key, string Text, bool IsConditional)
{
    /// <summary>When it was begun.</summary>
    public Instant Since => Instant.FromUnixTimeMilliseconds(long.Parse(Key.AsSpan(0, Key.IndexOf('|', StringComparison.Ordinal)), CultureInfo.InvariantCulture));
}
