namespace Serverless.Sandbox.Clock;

/// <summary>Work for later, by the sandbox's clock: it happens when the time has come, or when the clock is moved past it.</summary>
public sealed partial class Schedule(SandboxClock clock, TimeProvider machine, ILogger<Schedule> logger) : BackgroundService
{
    // A timer takes no more than 49 days; waking up once an hour for nothing costs nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromHours(1);

    private readonly Lock gate = new();
    private readonly PriorityQueue<Func<CancellationToken, Task>, DateTimeOffset> waiting = new();
    private readonly SemaphoreSlim changed = new(0);

    public void At(DateTimeOffset due, Func<CancellationToken, Task> work)
    {
        lock (gate)
        {
            waiting.Enqueue(work, due);
        }

        changed.Release();
    }

    public void Clear()
    {
        lock (gate)
        {
            waiting.Clear();
        }
    }

    public override void Dispose()
    {
        base.Dispose();
        changed.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        void Wake() => changed.Release();
        clock.Moved += Wake;
        try
        {
            while (!stoppingToken.IsCancellationRequested)
            {
                foreach (var work in TakeDue())
                {
                    _ = DoAsync(work, stoppingToken);
                }

                await WaitAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
        }
        finally
        {
            clock.Moved -= Wake;
        }
    }

    private List<Func<CancellationToken, Task>> TakeDue()
    {
        var due = new List<Func<CancellationToken, Task>>();
        lock (gate)
        {
            while (waiting.TryPeek(out _, out var when) && when <= clock.Now)
            {
                due.Add(waiting.Dequeue());
            }
        }

        return due;
    }

    private async Task WaitAsync(CancellationToken stopping)
    {
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var nextDue = Task.Delay(UntilNext(), machine, wait.Token);
        await Task.WhenAny(nextDue, changed.WaitAsync(wait.Token));
        await wait.CancelAsync();
        stopping.ThrowIfCancellationRequested();
    }

    private TimeSpan UntilNext()
    {
        lock (gate)
        {
            var wait = waiting.TryPeek(out _, out var when) ? when - clock.Now : LongestWait;
            return wait < TimeSpan.Zero ? TimeSpan.Zero : wait > LongestWait ? LongestWait : wait;
        }
    }

    private async Task DoAsync(Func<CancellationToken, Task> work, CancellationToken stopping)
    {
        await Task.Yield();
        try
        {
            await work(stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
        }
        catch (Exception failure)
        {
            LogFailed(logger, failure);
        }
    }

    [LoggerMessage(LogLevel.Error, "Scheduled work failed")]
    private static partial void LogFailed(ILogger logger, Exception failure);
}
