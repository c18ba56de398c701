using System.Diagnostics;

namespace Serverless.Sandbox.Tests;

internal static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Asks until the answer satisfies; fails with the last answer when patience ends.</summary>
    public static async Task<T> Async<T>(Func<Task<T>> ask, Func<T, bool> satisfies)
    {
        var watch = Stopwatch.StartNew();
        while (true)
        {
            var answer = await ask();
            if (satisfies(answer))
            {
                return answer;
            }

            Assert.True(watch.Elapsed < Patience, $"Still after {Patience.TotalSeconds} s: {answer}");
            await Task.Delay(15);
        }
    }

    public static Task Async(Func<bool> holds) => Async(() => Task.FromResult(holds()), satisfied => satisfied);
}
