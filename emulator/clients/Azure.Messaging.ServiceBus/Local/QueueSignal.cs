using System.Collections.Concurrent;

namespace Serverless.Emulator.ServiceBus;

/// <summary>What this process knows of one storage queue: wakes its receivers when something was put, and remembers up to which put a look found nothing.</summary>
/// <remarks>One for all hosts of the process. What another process puts is found by looking, after four seconds at the latest.</remarks>
internal sealed class QueueSignal
{
    private static readonly ConcurrentDictionary<string, QueueSignal> Known = new(StringComparer.Ordinal);

    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _puts;
    private long _emptyAfter = -1;

    public static QueueSignal Of(Uri storageQueue) => Known.GetOrAdd(storageQueue.AbsoluteUri, _ => new QueueSignal());

    /// <summary>Take it before looking into the queue: a message put after the look completes it.</summary>
    public Task Next => _next.Task;

    /// <summary>Take it before looking into the queue, for <see cref="FoundEmpty"/>.</summary>
    public long Puts => Interlocked.Read(ref _puts);

    /// <summary>Nothing that this process has put, or is about to put, waits unseen.</summary>
    public bool IsKnownEmpty => Interlocked.Read(ref _emptyAfter) == Puts;

    /// <summary>Before a message becomes visible, so that nobody takes the queue for empty meanwhile.</summary>
    public void Announce() => Interlocked.Increment(ref _puts);

    /// <summary>A message has become visible.</summary>
    public void Raise()
    {
        Announce();
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
    }

    /// <param name="puts">As many as there were before the look.</param>
    public void FoundEmpty(long puts)
    {
        for (var known = Interlocked.Read(ref _emptyAfter); known < puts;)
        {
            var before = Interlocked.CompareExchange(ref _emptyAfter, puts, known);
            if (before == known)
                return;
            known = before;
        }
    }
}
