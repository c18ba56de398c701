using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>Those who wait in this process for an instance to get somewhere.</summary>
internal sealed class InstanceWaiters
{
    private readonly Lock sync = new();
    private readonly Dictionary<string, List<Waiter>> waiters = new(StringComparer.Ordinal);

    /// <summary>Tell it every row that is stored.</summary>
    public void Notify(InstanceRow row)
    {
        List<Waiter> reached;
        lock (sync)
        {
            if (!waiters.TryGetValue(row.InstanceId, out var waiting))
                return;

            reached = waiting.FindAll(waiter => waiter.IsReached(row));
            foreach (var waiter in reached)
                Remove(row.InstanceId, waiter);
        }

        reached.ForEach(waiter => waiter.Source.TrySetResult(row));
    }

    /// <param name="read">Reads the row as stored; asked once after the wait is registered, and then at the interval.</param>
    public async Task<InstanceRow> WaitAsync(
        string instanceId,
        Func<InstanceRow, bool> isReached,
        Func<Task<InstanceRow?>> read,
        Func<TimeSpan> interval,
        CancellationToken cancellation)
    {
        var waiter = new Waiter(isReached, new(TaskCreationOptions.RunContinuationsAsynchronously));
        lock (sync)
        {
            if (!waiters.TryGetValue(instanceId, out var waiting))
                waiters[instanceId] = waiting = [];
            waiting.Add(waiter);
        }

        try
        {
            while (true)
            {
                if (await read() is { } row && isReached(row))
                    return row;

                // The interval serves instances that another process runs.
                await Task.WhenAny(waiter.Source.Task, Task.Delay(interval(), cancellation));
                cancellation.ThrowIfCancellationRequested();
                if (waiter.Source.Task.IsCompletedSuccessfully)
                    return await waiter.Source.Task;
            }
        }
        finally
        {
            lock (sync)
                Remove(instanceId, waiter);
        }
    }

    private void Remove(string instanceId, Waiter waiter)
    {
        if (waiters.TryGetValue(instanceId, out var waiting) && waiting.Remove(waiter) && waiting.Count == 0)
            waiters.Remove(instanceId);
    }

    private sealed record Waiter(Func<InstanceRow, bool> IsReached, TaskCompletionSource<InstanceRow> Source);
}
