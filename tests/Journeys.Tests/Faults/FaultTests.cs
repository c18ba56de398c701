using System.Globalization;
using Serverless.Testing;

namespace Serverless.Journeys.Tests.Faults;

/// <summary>
/// Storage answers wrongly, late, twice or not at all while customers pay; then it is well again. Fifty seeds here, a thousand by
/// <c>make soak</c>, one by <c>SEED=7 make soak</c>.
/// </summary>
public sealed class FaultTests : IDisposable
{
    private const int ShortRun = 50, ScenesPerBank = 17, BanksAtOnce = 3;

    private readonly SemaphoreSlim starts = new(1);

    [Fact]
    public async Task Whatever_storage_answers_every_order_is_done_once_or_refused_and_the_books_are_proven()
    {
        var seeds = Seeds.Of(ShortRun);
        var dealt = new Dictionary<ProxyFault, int>();
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = BanksAtOnce, CancellationToken = TestContext.Current.CancellationToken };

        // A scene spends its time waiting for answers that do not come, so several banks play at once; the scenes of one follow each other.
        await Parallel.ForEachAsync(seeds.Chunk(ScenesPerBank), atOnce, async (some, _) =>
        {
            await using var bank = await StartAsync();
            foreach (var seed in some)
            {
                try
                {
                    await new FaultScene(bank, seed).PlayAsync();
                }
                catch (Exception e)
                {
                    throw new InvalidOperationException($"Seed {seed} failed; again: SEED={seed} make soak{Environment.NewLine}{e.Message}", e);
                }
            }

            lock (dealt)
            {
                foreach (var (fault, count) in bank.Proxy.Counts)
                    dealt[fault] = dealt.GetValueOrDefault(fault) + count;
            }
        });

        // A proxy that deals nothing would prove nothing.
        if (seeds.Length >= ShortRun)
            Assert.Equal(Enum.GetValues<ProxyFault>().Where(fault => fault != ProxyFault.None), dealt.Keys.Order());
    }

    public void Dispose() => starts.Dispose();

    /// <summary>One after the other: a start makes every table, and what storage does not answer in time counts as a fault of the start.</summary>
    private async Task<FaultedBank> StartAsync()
    {
        await starts.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            return await FaultedBank.StartAsync();
        }
        finally
        {
            starts.Release();
        }
    }
}

/// <summary>Which seeds to play: the environment says <c>SEED</c> for one, <c>SOAK_SEEDS</c> for how many.</summary>
internal static class Seeds
{
    public static int[] Of(int shortRun) => Environment.GetEnvironmentVariable("SEED") is { Length: > 0 } one
        ? [int.Parse(one, CultureInfo.InvariantCulture)]
        : [.. Enumerable.Range(1, Environment.GetEnvironmentVariable("SOAK_SEEDS") is { Length: > 0 } many ? int.Parse(many, CultureInfo.InvariantCulture) : shortRun)];
}
