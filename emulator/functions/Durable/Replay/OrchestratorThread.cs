namespace Serverless.Emulator.Durable.Replay;

/// <summary>Runs orchestrator code on the calling thread only, one continuation after the other.</summary>
/// <remarks>
/// A continuation that arrives from elsewhere is one of an illegal await (Task.Delay, HTTP). It runs where it is, outside,
/// and the first touch of the context throws.
/// </remarks>
internal sealed class OrchestratorThread : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = new();
    private volatile int owner;

    public bool IsCurrent => owner == Environment.CurrentManagedThreadId;

    public override void Post(SendOrPostCallback d, object? state)
    {
        if (IsCurrent)
            queue.Enqueue((d, state));
        else
            ThreadPool.UnsafeQueueUserWorkItem(_ => d(state), null);
    }

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Makes the calling thread the orchestrator's until the returned scope ends.</summary>
    public Scope Enter() => new(this);

    /// <summary>Runs what has been posted, and what that posts.</summary>
    public void Drain()
    {
        while (queue.TryDequeue(out var work))
            work.Callback(work.State);
    }

    internal readonly struct Scope : IDisposable
    {
        private readonly OrchestratorThread thread;
        private readonly SynchronizationContext? before;

        public Scope(OrchestratorThread thread)
        {
            this.thread = thread;
            before = Current;
            thread.owner = Environment.CurrentManagedThreadId;
            SetSynchronizationContext(thread);
        }

        public void Dispose()
        {
            thread.owner = 0;
            SetSynchronizationContext(before);
        }
    }
}
