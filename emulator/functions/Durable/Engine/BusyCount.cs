namespace Serverless.Emulator.Durable.Engine;

/// <summary>Work under way, and a way to wait for there to be none.</summary>
internal sealed class BusyCount
{
    private readonly Lock sync = new();
    private TaskCompletionSource idle = Completed();
    private int count;

    public bool IsIdle
    {
        get
        {
            lock (sync)
                return count == 0;
        }
    }

    public void Enter()
    {
        lock (sync)
        {
            if (count++ == 0)
                idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    public void Leave()
    {
        lock (sync)
        {
            if (--count == 0)
                idle.TrySetResult();
        }
    }

    public Task WaitForIdleAsync(CancellationToken cancellation)
    {
        lock (sync)
            return idle.Task.WaitAsync(cancellation);
    }

    private static TaskCompletionSource Completed()
    {
        var source = new TaskCompletionSource();
        source.SetResult();
        return source;
    }
}
