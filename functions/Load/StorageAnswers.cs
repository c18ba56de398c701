namespace Serverless.Functions.Load;

/// <summary>Counts storage's answers, and the throttled ones among them, second by second as far back as the window goes.</summary>
/// <remarks>For one thread at a time.</remarks>
internal sealed class StorageAnswers(TimeSpan window)
{
    private readonly (long Second, int All, int Throttled)[] seconds = new (long, int, int)[Math.Max(1, (int)window.TotalSeconds)];

    public void Add(DateTimeOffset at, bool isThrottled)
    {
        var second = at.ToUnixTimeSeconds();
        ref var counted = ref seconds[second % seconds.Length];
        if (counted.Second != second)
            counted = (second, 0, 0);
        counted.All++;
        counted.Throttled += isThrottled ? 1 : 0;
    }

    public (int All, int Throttled) Sum(DateTimeOffset now)
    {
        var (second, all, throttled) = (now.ToUnixTimeSeconds(), 0, 0);
        foreach (var counted in seconds)
        {
            if (counted.Second > second - seconds.Length && counted.Second <= second)
                (all, throttled) = (all + counted.All, throttled + counted.Throttled);
        }

        return (all, throttled);
    }
}
