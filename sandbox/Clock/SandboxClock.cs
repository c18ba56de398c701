namespace Serverless.Sandbox.Clock;

/// <summary>The sandbox's time: the machine's, moved by what was asked for, so that it can follow the bank's clock.</summary>
public sealed class SandboxClock(TimeProvider machine)
{
    private static readonly TimeSpan WinterTime = TimeSpan.FromHours(1);
    private static readonly TimeZoneInfo Tirane = TimeZoneInfo.TryFindSystemTimeZoneById("Europe/Tirane", out var zone)
        ? zone
        : TimeZoneInfo.CreateCustomTimeZone("Europe/Tirane", WinterTime, "Tirane", "Tirane");

    private long offsetTicks;

    /// <summary>Raised after the clock was moved.</summary>
    public event Action? Moved;

    public DateTimeOffset Now => machine.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref offsetTicks));

    /// <summary>The business date in Tirane.</summary>
    public DateOnly Today => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(Now, Tirane).DateTime);

    public void MoveTo(DateTimeOffset now) => Offset((now - machine.GetUtcNow()).Ticks);

    public void Advance(TimeSpan by)
    {
        Interlocked.Add(ref offsetTicks, by.Ticks);
        Moved?.Invoke();
    }

    public void Reset() => Offset(0);

    private void Offset(long ticks)
    {
        Interlocked.Exchange(ref offsetTicks, ticks);
        Moved?.Invoke();
    }
}
