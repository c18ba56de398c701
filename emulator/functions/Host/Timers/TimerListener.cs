using System.Text.Json;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Serverless.Emulator.Hosting;

/// <summary>Runs one timer function, one run at a time, and makes up for a run missed while nothing was running.</summary>
internal sealed class TimerListener : IFunctionListener, IClockDriven
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);
    private static readonly TimeSpan LongestSleep = TimeSpan.FromMinutes(10);

    private readonly HostedFunction function;
    private readonly TimerTriggerAttribute trigger;
    private readonly TimerSchedule schedule;
    private readonly IFunctionInvoker invoker;
    private readonly ITimerStatusStore store;
    private readonly ITimerLock only;
    private readonly ClockMover mover;
    private readonly MovableClock clock;
    private readonly ILogger logger;
    private readonly SemaphoreSlim turn = new(1);
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource killed = new();
    private volatile TaskCompletionSource moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private DateTimeOffset last;
    private DateTimeOffset next;
    private Task loop = Task.CompletedTask;

    public TimerListener(
        HostedFunction function, IFunctionInvoker invoker, ITimerStatusStore store, ITimerLock only, ClockMover mover, HostStartup startup, ILoggerFactory loggers)
    {
        this.function = function;
        this.invoker = invoker;
        this.store = store;
        this.only = only;
        this.mover = mover;
        clock = startup.Clock;
        logger = loggers.CreateLogger("Host.Timers");
        trigger = (TimerTriggerAttribute)function.Trigger;
        schedule = TimerExtension.ScheduleOf(function, startup);
    }

    public string Name => function.Name;

    /// <summary>A schedule too dense to be walked through is run once for a whole stretch.</summary>
    public bool IsSchedule => true;

    public async Task StartAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        next = schedule.Next(now);
        var isPastDue = false;
        if (trigger.UseMonitor && await store.ReadAsync(function, cancellation) is { } status)
        {
            last = AsUtc(status.Last);
            var expected = schedule.Next(last > DateTimeOffset.UnixEpoch ? last : AsUtc(status.LastUpdated));
            isPastDue = expected < now;
            next = isPastDue ? expected : next;
        }
        else if (trigger.UseMonitor)
        {
            await store.WriteAsync(function, Status(now), cancellation);
        }

        clock.Moved += OnMoved;
        loop = Task.Run(() => LoopAsync(isPastDue, !isPastDue && trigger.RunOnStartup), CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        clock.Moved -= OnMoved;
        await stop.CancelAsync();
        await loop.WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public void Kill()
    {
        clock.Moved -= OnMoved;
        stop.Cancel();
        killed.Cancel();
    }

    public Task<bool> IsIdleAsync(CancellationToken cancellation) =>
        Task.FromResult(turn.CurrentCount == 1 && (mover.IsMoving || next > clock.GetUtcNow()));

    public ValueTask<IReadOnlyList<DateTimeOffset>> DueTimesAsync(DateTimeOffset after, DateTimeOffset until, CancellationToken cancellation) =>
        ValueTask.FromResult<IReadOnlyList<DateTimeOffset>>(schedule.Between(after, until).ToList());

    /// <summary>One run for everything due up to now.</summary>
    public async Task RunDueAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var now = clock.GetUtcNow();
            if (next <= now)
                await RunAsync(schedule.Last(next, now) ?? next, isPastDue: mover.IsWaking);
        }
        finally
        {
            turn.Release();
        }
    }

    /// <summary>Runs now whatever the schedule says; the schedule goes on as it was.</summary>
    public async Task<InvocationOutcome> FireAsync(CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            return await InvokeAsync(isPastDue: false);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task LoopAsync(bool isPastDue, bool runsNow)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                var signal = moved.Task;
                await turn.WaitAsync(stop.Token);
                try
                {
                    var now = clock.GetUtcNow();
                    if (runsNow)
                        await InvokeAsync(isPastDue: false);
                    else if (next <= now && !mover.IsMoving)
                        await RunAsync(schedule.Last(next, now) ?? next, isPastDue);

                    isPastDue = runsNow = false;
                }
                finally
                {
                    turn.Release();
                }

                await SleepAsync(signal);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Stopped while waiting.
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Timer of {Function}: its status could not be kept", function.Name);
                await Task.Delay(TimeSpan.FromSeconds(1), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task SleepAsync(Task signal)
    {
        var left = next - clock.GetUtcNow();
        if (mover.IsMoving || left > LongestSleep)
            left = LongestSleep;

        if (left > TimeSpan.Zero)
            await Task.WhenAny(signal, Task.Delay(left, stop.Token));
    }

    private async Task RunAsync(DateTimeOffset due, bool isPastDue)
    {
        await InvokeAsync(isPastDue);
        last = due;
        next = schedule.Next(due);
        var now = clock.GetUtcNow();
        if (next <= now)
            next = schedule.Next(now);

        if (trigger.UseMonitor && !killed.IsCancellationRequested)
            await store.WriteAsync(function, Status(now), CancellationToken.None);
    }

    private Task<InvocationOutcome> InvokeAsync(bool isPastDue) => only.HoldAsync(function, () => TryAsync(isPastDue), killed.Token);

    private async Task<InvocationOutcome> TryAsync(bool isPastDue)
    {
        var most = RetryDelays.Most(function);
        for (var retry = 0; ; retry++)
        {
            var info = new TimerInfo { IsPastDue = isPastDue, ScheduleStatus = trigger.UseMonitor ? Status(clock.GetUtcNow()) : null };
            var request = new InvocationRequest
            {
                TriggerData = function.TriggerParameter.ParameterType == typeof(TimerInfo) ? info : JsonSerializer.Serialize(info, CamelCase),
                RetryCount = retry,
                MaxRetryCount = most,
            };

            // A host that stops tells timers at once: their next run goes on, and nobody waits for this one.
            var outcome = await invoker.InvokeAsync(function, request, stop.Token).WaitAsync(killed.Token);
            if (outcome.IsSuccess || (most >= 0 && retry >= most) || stop.IsCancellationRequested)
                return outcome;

            await Task.Delay(RetryDelays.Before(retry + 1, function), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private ScheduleStatus Status(DateTimeOffset now) =>
        new() { Last = last.UtcDateTime, Next = next.UtcDateTime, LastUpdated = now.UtcDateTime };

    private void OnMoved() => Interlocked.Exchange(ref moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    private static DateTimeOffset AsUtc(DateTime time) => new(DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
