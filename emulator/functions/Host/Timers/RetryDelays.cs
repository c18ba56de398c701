using System.Globalization;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Emulator.Hosting;

/// <summary>The waits that a function's retry attribute asks for.</summary>
internal static class RetryDelays
{
    /// <exception cref="FunctionMisconfiguredException">A time or count that cannot be.</exception>
    public static void Validate(HostedFunction function)
    {
        if (function.Retry is { MaxRetryCount: < -1 })
            throw new FunctionMisconfiguredException(function.Name, "the retry count is less than -1.");

        foreach (var text in Times(function.Retry))
        {
            if (!TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) || time < TimeSpan.Zero)
                throw new FunctionMisconfiguredException(function.Name, $"the retry interval '{text}' is not a time as hh:mm:ss.");
        }
    }

    /// <summary>How often at most; -1 is without end.</summary>
    public static int Most(HostedFunction function) => function.Retry?.MaxRetryCount ?? 0;

    /// <param name="retry">The first is 1.</param>
    public static TimeSpan Before(int retry, HostedFunction function) => function.Retry switch
    {
        FixedDelayRetryAttribute fixedDelay => Time(fixedDelay.DelayInterval),
        ExponentialBackoffRetryAttribute backoff => Smaller(
            Time(backoff.MinimumInterval) * Math.Pow(2, Math.Min(retry - 1, 30)), Time(backoff.MaximumInterval)),
        _ => TimeSpan.Zero,
    };

    private static IEnumerable<string> Times(RetryAttribute? retry) => retry switch
    {
        FixedDelayRetryAttribute fixedDelay => [fixedDelay.DelayInterval],
        ExponentialBackoffRetryAttribute backoff => [backoff.MinimumInterval, backoff.MaximumInterval],
        _ => [],
    };

    private static TimeSpan Time(string text) => TimeSpan.Parse(text, CultureInfo.InvariantCulture);

    private static TimeSpan Smaller(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
