namespace Serverless.Emulator.Hosting;

/// <summary>Moves the host's clock forward and runs, in order of time, what falls due on the way.</summary>
/// <remarks>
/// The way is walked in steps of a day. A schedule with more than four occurrences in a step runs once in it: a month of a daily timer is thirty
/// runs, and a sweeper of every minute does not add forty thousand. Such schedules run together, at the latest of their last occurrences. After each
/// moment that ran something the walk waits until the messages it sent have been worked off, so that the next day finds what a real one would; and before
/// the first step for what is under way: a workflow that is just starting has yet to say when it wants to be woken.
/// </remarks>
internal sealed class ClockMover(MovableClock clock, HostListeners listeners)
{
    private const int MostRunsPerStep = 4;
    private static readonly TimeSpan Step = TimeSpan.FromDays(1);
    private static readonly TimeSpan SettleTime = TimeSpan.FromSeconds(60);

    /// <summary>Shorter: a function that itself waits for the clock goes on only when it has moved.</summary>
    private static readonly TimeSpan StartingTime = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim turn = new(1);
    private volatile bool isMoving;
    private volatile bool isWaking;

    /// <summary>Timers wait to be told while this is true.</summary>
    public bool IsMoving => isMoving;

    /// <summary>What runs now was due while nothing ran.</summary>
    public bool IsWaking => isWaking;

    /// <summary>As far as one move may go.</summary>
    public static TimeSpan Furthest { get; } = TimeSpan.FromDays(400);

    /// <param name="asleep">
    /// As if the host had been switched off until the target: nothing runs on the way, and each schedule that fell due runs once, late, as the
    /// official host makes up for missed runs.
    /// </param>
    /// <returns>How often something was found due; asleep, how many were asked.</returns>
    /// <exception cref="ArgumentOutOfRangeException">Back in time, or further than <see cref="Furthest"/>.</exception>
    public async Task<int> MoveToAsync(DateTimeOffset target, bool asleep, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            var from = clock.GetUtcNow();
            if (target < from - TimeSpan.FromSeconds(1))
                throw new ArgumentOutOfRangeException(nameof(target), $"The clock only moves forward; it shows {from:O}.");

            if (target - from > Furthest)
                throw new ArgumentOutOfRangeException(nameof(target), $"One move may go {Furthest.TotalDays} days at most.");

            await listeners.WhenIdleAsync(StartingTime, cancellation);
            isMoving = true;
            var count = 0;
            if (isWaking = asleep)
                count = await WakeAsync(target, cancellation);

            isWaking = false;

            for (var start = clock.GetUtcNow(); start < target; start += Step)
                count += await WalkAsync(start, start + Step < target ? start + Step : target, cancellation);

            clock.MoveTo(target);
            return count;
        }
        finally
        {
            isMoving = isWaking = false;
            turn.Release();
            clock.RaiseMoved();
        }
    }

    private async Task<int> WakeAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        clock.MoveTo(now);
        var driven = listeners.All.OfType<IClockDriven>().ToList();
        await Task.WhenAll(driven.Select(one => one.RunDueAsync(cancellation)));
        await listeners.WhenIdleAsync(SettleTime, cancellation);
        return driven.Count;
    }

    private async Task<int> WalkAsync(DateTimeOffset start, DateTimeOffset end, CancellationToken cancellation)
    {
        var driven = listeners.All.OfType<IClockDriven>().ToList();
        var planned = new Dictionary<IClockDriven, Queue<DateTimeOffset>>();
        var dense = new Dictionary<IClockDriven, DateTimeOffset>();
        foreach (var schedule in driven.Where(one => one.IsSchedule))
        {
            var times = await schedule.DueTimesAsync(start, end, cancellation);
            if (times.Count > MostRunsPerStep)
                dense[schedule] = times[^1];
            else
                planned[schedule] = new Queue<DateTimeOffset>(times);
        }

        foreach (var schedule in dense.Keys)
            planned[schedule] = new Queue<DateTimeOffset>([dense.Values.Max()]);

        var count = 0;
        for (var at = start; ;)
        {
            var due = new List<(DateTimeOffset Time, IClockDriven Who)>();
            foreach (var (schedule, times) in planned)
            {
                if (times.TryPeek(out var time))
                    due.Add((time, schedule));
            }

            // What is not a schedule changes as the walk goes on: a workflow that ran has set its next timer.
            foreach (var other in driven.Where(one => !one.IsSchedule))
            {
                if (await other.DueTimesAsync(at, end, cancellation) is [var time, ..])
                    due.Add((time, other));
            }

            if (due.Count == 0)
                return count;

            at = due.Min(one => one.Time);
            clock.MoveTo(at);
            var now = due.Where(one => one.Time == at).ToList();
            foreach (var (_, who) in now.Where(one => planned.ContainsKey(one.Who)))
                planned[who].Dequeue();

            await Task.WhenAll(now.Select(one => one.Who.RunDueAsync(cancellation)));
            await listeners.WhenIdleAsync(SettleTime, cancellation);
            count += now.Count;
        }
    }
}
