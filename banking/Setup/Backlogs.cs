using System.Collections.Concurrent;

namespace Serverless.Banking;

/// <summary>How much each sweeper has found and left, as this process saw it last.</summary>
public sealed class Backlogs(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, (int Count, DateTimeOffset At)> last = new(StringComparer.Ordinal);

    /// <param name="of">The sweeper's own name.</param>
    /// <param name="count">What still waits after its run.</param>
    public void Report(string of, int count) => last[of] = (count, time.GetUtcNow());

    /// <summary>The greatest of what was told not longer ago than this; another process may sweep meanwhile.</summary>
    public int Largest(TimeSpan since)
    {
        var now = time.GetUtcNow();
        var largest = 0;
        // Every request asks: the dictionary itself is walked without a lock, its values are not.
        foreach (var (_, told) in last)
        {
            if (now - told.At <= since)
                largest = Math.Max(largest, told.Count);
        }

        return largest;
    }
}
