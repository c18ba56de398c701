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
    private DateTimeOffset? standing;

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
            return Shown;
    }

    /// <summary>Stands still, and only moves when it is moved, until the answer is disposed of: for what is exact to the second.</summary>
    public IDisposable Stop()
    {
        lock (sync)
            standing = Shown;

        return new Standstill(this);
    }

    /// <summary>Shows <paramref name="time"/> from now on; does nothing when that is not later than now.</summary>
    internal void MoveTo(DateTimeOffset time)
    {
        lock (sync)
        {
            var step = time - Shown;
            if (step <= TimeSpan.Zero)
                return;

            offset += step;
            standing += step;
        }

        RaiseMoved();
    }

    internal void RaiseMoved() => Moved?.Invoke();

    private DateTimeOffset Shown => standing ?? System.GetUtcNow() + offset;

    private void GoOn()
    {
        lock (sync)
        {
            offset = Shown - System.GetUtcNow();
            standing = null;
        }
    }

    private sealed class Standstill(MovableClock clock) : IDisposable
    {
        public void Dispose() => clock.GoOn();
    }
}
