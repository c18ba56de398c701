namespace Serverless.Testing;

/// <summary>A clock whose timers go off by hand: for time-outs, of which nobody wants to wait for one.</summary>
public sealed class HandClock : TimeProvider
{
    private readonly List<HandTimer> timers = [];
    private DateTimeOffset now = new(2026, 3, 2, 9, 0, 0, TimeSpan.Zero);

    public override DateTimeOffset GetUtcNow() => now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new HandTimer(() => callback(state), now, dueTime);
        lock (timers)
            timers.Add(timer);
        return timer;
    }

    /// <summary>Whatever is due by then goes off, on the caller's thread.</summary>
    public void Advance(TimeSpan by)
    {
        now += by;
        HandTimer[] due;
        lock (timers)
            due = [.. timers.Where(timer => timer.TakeIfDue(now))];
        foreach (var timer in due)
            timer.GoOff();
    }

    private sealed class HandTimer(Action goOff, DateTimeOffset made, TimeSpan dueTime) : ITimer
    {
        private DateTimeOffset? at = dueTime == Timeout.InfiniteTimeSpan ? null : made + dueTime;

        public void GoOff() => goOff();

        public bool TakeIfDue(DateTimeOffset now)
        {
            if (at is not { } due || due > now)
                return false;
            at = null;
            return true;
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            at = dueTime == Timeout.InfiniteTimeSpan ? null : made + dueTime;
            return true;
        }

        public void Dispose() => at = null;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
