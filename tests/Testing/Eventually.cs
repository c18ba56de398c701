using System.Diagnostics;

namespace Serverless.Testing;

/// <summary>Waits for what happens in its own time: asks until it is so, and fails when it has not come to pass.</summary>
public static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(25);

    /// <exception cref="TimeoutException">It was not so within half a minute.</exception>
    public static async Task IsTrueAsync(Func<Task<bool>> ask)
    {
        var since = Stopwatch.StartNew();
        while (!await ask())
        {
            if (since.Elapsed > Limit)
                throw new TimeoutException("It did not become true within half a minute.");
            await Task.Delay(Pace);
        }
    }
}
