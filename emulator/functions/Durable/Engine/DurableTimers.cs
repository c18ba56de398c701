using Azure.Data.Tables;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>Durable timers: rows in order of due time, of which the next ones are in memory.</summary>
#pragma warning disable CA1001 // The semaphore has no handle, and must outlive whatever still releases it.
internal sealed class DurableTimers(TableClient table, TimeProvider clock, Action<TimerEntry> fire, ILogger logger)
#pragma warning restore CA1001
{
    private const int PageSize = 1000;
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);

    private readonly IndexWriter writer = new(table, HubKeys.Timer);
    private readonly Lock sync = new();
    private readonly SortedSet<TimerEntry> next = new(Comparer<TimerEntry>.Create(
        (a, b) => string.CompareOrdinal(HubKeys.TimerRow(a), HubKeys.TimerRow(b))));
    private readonly HashSet<TimerEntry> fired = [];
    private readonly SemaphoreSlim changed = new(0);

    /// <summary>All rows up to this key are in memory, and some beyond it; null: all rows.</summary>
    private string? horizon = "";

    /// <summary>Done when the rows are stored.</summary>
    public async Task PutAsync(IEnumerable<TimerEntry> entries)
    {
        await Task.WhenAll(entries.Select(entry =>
        {
            lock (sync)
            {
                if (fired.Contains(entry) || next.Contains(entry))
                    return Task.CompletedTask;
            }

            return PutAsync(entry);
        }));
    }

    /// <summary>Takes the row away in the background. A row left behind fires once more, and is then known as not wanted.</summary>
    public void Remove(TimerEntry entry)
    {
        lock (sync)
        {
            next.Remove(entry);
            fired.Remove(entry);
        }

        _ = writer.RemoveAsync(HubKeys.TimerRow(entry)).ContinueWith(
            task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    /// <summary>The clock was moved.</summary>
    public void LookAgain() => changed.Release();

    public void FireDue()
    {
        List<TimerEntry> due = [];
        lock (sync)
        {
            var now = clock.GetUtcNow();
            while (next.Min is { } first && first.DueAt <= now)
            {
                next.Remove(first);
                fired.Add(first);
                due.Add(first);
            }
        }

        due.ForEach(fire);
    }

    /// <summary>Due times after one moment and up to another, in order.</summary>
    public async Task<IReadOnlyList<DateTimeOffset>> DueTimesAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellation)
    {
        while (IsPartialBefore(until))
            await ReadMoreAsync(cancellation);

        lock (sync)
            return [.. next.Select(entry => entry.DueAt).Where(due => due > after && due <= until).Distinct()];
    }

    public bool IsAnyDue()
    {
        lock (sync)
            return next.Min is { } first && first.DueAt <= clock.GetUtcNow();
    }

    public async Task RunAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                if (IsPartialBefore(null))
                    await ReadMoreAsync(stop);
                FireDue();
                await changed.WaitAsync(Sleep(), stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Reading the durable timers failed; they are tried again");
                await Task.Delay(RetryDelay, CancellationToken.None);
            }
        }
    }

    private async Task PutAsync(TimerEntry entry)
    {
        await writer.PutAsync(new TableEntity(HubKeys.Timer, HubKeys.TimerRow(entry))
        {
            ["DueAt"] = entry.DueAt,
            ["InstanceId"] = entry.InstanceId,
            ["Incarnation"] = entry.Run.Incarnation,
            ["Generation"] = entry.Run.Generation,
            ["DecisionId"] = entry.DecisionId,
        });
        bool isFirst;
        lock (sync)
        {
            next.Add(entry);
            isFirst = next.Min == entry;
        }

        if (isFirst)
            changed.Release();
    }

    private TimeSpan Sleep()
    {
        lock (sync)
        {
            if (next.Min is not { } first)
                return LongestSleep;

            var left = first.DueAt - clock.GetUtcNow();

            // A wake-up a little early would only find that it is not time yet.
            return left <= TimeSpan.Zero ? TimeSpan.Zero : left < LongestSleep ? left + TimeSpan.FromMilliseconds(1) : LongestSleep;
        }
    }

    /// <summary>Whether rows before that moment may be unread; null: whether the next timer may be among them.</summary>
    private bool IsPartialBefore(DateTimeOffset? moment)
    {
        lock (sync)
        {
            if (horizon is null)
                return false;
            if (moment is { } until)
                return string.CompareOrdinal(horizon, $"{until.UtcTicks:D19}~") < 0;
            return next.Min is not { } first || string.CompareOrdinal(HubKeys.TimerRow(first), horizon) > 0;
        }
    }

    private async Task ReadMoreAsync(CancellationToken cancellation)
    {
        if (horizon is not { } from)
            return;

        var read = 0;
        string? last = null;
        await foreach (var page in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {HubKeys.Timer} and RowKey gt {from}"), PageSize, cancellationToken: cancellation)
            .AsPages(null, PageSize).WithCancellation(cancellation))
        {
            lock (sync)
            {
                foreach (var row in page.Values)
                {
                    var entry = ToEntry(row);
                    last = row.RowKey;
                    read++;
                    if (!fired.Contains(entry))
                        next.Add(entry);
                }

                horizon = page.ContinuationToken is null ? null : last ?? horizon;
            }

            if (read > 0 || page.ContinuationToken is null)
                return;
        }

        lock (sync)
            horizon = null;
    }

    private static TimerEntry ToEntry(TableEntity row) => new(
        row.GetDateTimeOffset("DueAt")!.Value,
        row.GetString("InstanceId")!,
        new(row.GetInt32("Incarnation")!.Value, row.GetInt32("Generation")!.Value),
        row.GetInt32("DecisionId")!.Value);
}
