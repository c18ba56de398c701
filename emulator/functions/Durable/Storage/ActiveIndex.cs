using Azure.Data.Tables;

namespace Serverless.Emulator.Durable.Storage;

/// <summary>
/// The instances that may have work which only this process knows of. A new process looks after exactly these, so that
/// finding what was under way costs in proportion to that, and not to what is stored.
/// </summary>
internal sealed class ActiveIndex(TableClient table)
{
    private readonly IndexWriter writer = new(table, HubKeys.Active);
    private readonly Lock sync = new();
    private readonly Dictionary<string, Task> present = new(StringComparer.Ordinal);

    public async Task<IReadOnlyList<string>> ReadAsync(CancellationToken cancellation)
    {
        List<string> ids = [];
        await foreach (var row in table.QueryAsync<TableEntity>(
            TableClient.CreateQueryFilter($"PartitionKey eq {HubKeys.Active}"), cancellationToken: cancellation))
            ids.Add(row.RowKey);

        lock (sync)
        {
            foreach (var id in ids)
                present[id] = Task.CompletedTask;
        }

        return ids;
    }

    /// <summary>Done when the row is there for certain. Costs nothing when it is known to be.</summary>
    public Task EnsureAsync(string instanceId)
    {
        lock (sync)
        {
            if (present.TryGetValue(instanceId, out var known) && !known.IsFaulted)
                return known;
            return present[instanceId] = writer.PutAsync(new TableEntity(HubKeys.Active, instanceId));
        }
    }

    /// <summary>Takes the row away in the background; a later <see cref="EnsureAsync"/> comes after it in the same writer.</summary>
    public void Release(string instanceId)
    {
        lock (sync)
        {
            if (!present.Remove(instanceId))
                return;

            // Left behind by a failure, the row makes a later process look at a finished instance once, and take it away.
            _ = writer.RemoveAsync(instanceId).ContinueWith(
                task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }
}
