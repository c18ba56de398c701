namespace Serverless.Emulator;

/// <summary>Real time plus an offset that only grows.</summary>
/// <remarks>
/// Moving it is like setting a computer's clock: it changes what time it is, not how long anything takes. Delays,
/// timeouts and timestamps measured through it stay real; what waits for a time of day listens to <see cref="Moved"/>.
/// </remarks>
public sealed class MovableClock : TimeProvider
{
    private readonly Lock sync = new();
    private TimeSpan offset;

    public MovableClock()
    {
    }

    /// <summary>A clock that shows <paramref name="start"/> now.</summary>
    public MovableClock(DateTimeOffset start) => offset = start - System.GetUtcNow();

    /// <summary>The clock was moved; raised after it shows the new time.</summary>
    internal event Action? Moved;

    public override DateTimeOffset GetUtcNow()
    {
        lock (sync)
            return System.GetUtcNow() + offset;
    }

    /// <summary>Shows <paramref name="time"/> from now on; does nothing when that is not later than now.</summary>
    internal void MoveTo(DateTimeOffset time)
    {
        lock (sync)
        {
            var step = time - (System.GetUtcNow() + offset);
            if (step <= TimeSpan.Zero)
                return;

            offset += step;
        }

        RaiseMoved();
    }

    internal void RaiseMoved() => Moved?.Invoke();
}
