using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;

namespace Serverless.Testing;

/// <summary>What one crash test is made of. The state is whatever the arrangement made: ids, keys.</summary>
/// <param name="Arrange">Builds the scene; not killed.</param>
/// <param name="Act">The operation, with the same idempotency key whenever it is called with the same state. May fail.</param>
/// <param name="Check">
/// Looks at the healed bank and says how often the operation took effect (0 or 1 by looking at balances, rows, partners); may
/// assert more. Once the client has repeated it, it must be 1.
/// </param>
public sealed record CrashScenario<TState>(
    Func<TestBank, Task<TState>> Arrange, Func<TestBank, TState, Task> Act, Func<TestBank, TState, Task<int>> Check)
{
    /// <summary>Besides ledger and accounts.</summary>
    public Action<IServiceCollection>? Services { get; init; }

    /// <summary>Looking changes something: it tries what was done, or moves the clock. Then the bank whose client never comes back is another one than the bank whose client does.</summary>
    public bool LooksByActing { get; init; }

    /// <summary>Rows that a kill may leave behind for ever or for a while. Of every other kind there are exactly as many as if nothing had been killed.</summary>
    public IReadOnlyCollection<LeftRows> MayLeave { get; init; } = [];

    /// <summary>What the bank's timers do after the restart; the sweep of open journals always comes first.</summary>
    public Func<TestBank, TState, Task>? Heal { get; init; }
}

/// <param name="Kind">As <see cref="RowCensus"/> names it: <c>holds due/*</c>.</param>
/// <param name="Most">How many more than after an undisturbed run.</param>
/// <param name="Why">They cost a look and nothing else.</param>
/// <param name="Fewer">How many fewer: none, unless every attempt leaves one of its own.</param>
public sealed record LeftRows(string Kind, int Most, string Why, int Fewer = 0);

/// <summary>
/// Kills an operation at every one of its storage calls, before and after the call takes effect, restarts the bank with nothing in
/// memory, and lets the sweepers and the client's repeat meet what is left, in either order: done exactly once or not at all, and the books are proven.
/// </summary>
/// <remarks>
/// Every combination of call, moment and healing runs on tables in memory, which the same cases as Azurite's are proven on (MemoryTableTests). On real Azurite
/// some calls of each scenario are killed once more, the combinations taking turns; <c>make soak</c> kills all of them there too.
/// </remarks>
public static class CrashHarness
{
    private const int CallsAtMost = 200;

    /// <summary>What runs side by side may save or cost a call, by who comes first.</summary>
    private const int CallsApartAtMost = 6;

    /// <summary>How far apart the calls are that are killed on Azurite.</summary>
    private static readonly int Stride = Environment.GetEnvironmentVariable("SERVERLESS_TEST_DEPTH") == "full" ? 1 : 4;

    private static readonly (KillMoment Moment, Healing Healing)[] Combinations =
        [.. from healing in Enum.GetValues<Healing>() from moment in Enum.GetValues<KillMoment>() select (moment, healing)];

    /// <returns>How many storage calls the undisturbed operation made.</returns>
    public static async Task<int> ForEveryStorageCallAsync<TState>(CrashScenario<TState> scenario)
    {
        var rows = new List<Rows>();
        var combinations = Combinations.Where(one => one.Healing != Healing.SweepOnly || scenario.LooksByActing).ToArray();
        var calls = await CountAsync(async call =>
        {
            var killed = false;
            foreach (var combination in combinations)
            {
                killed |= await RunAsync(await TestBank.StartInMemoryAsync(scenario.Services), scenario, call, combination, rows);
            }

            return killed;
        });
        Compare(rows, scenario.MayLeave);

        // Another first call and combination for every scenario, so that short ones do not all begin with the same.
        var turn = calls;
        for (var call = 1 + (calls % Stride); call <= calls; call += Stride)
            Xunit.Assert.True(await OnAzuriteAsync(call) || call > calls - CallsApartAtMost, $"{calls} storage calls on tables in memory, not {call} on Azurite.");
        Xunit.Assert.False(await OnAzuriteAsync(calls + CallsApartAtMost + 1), $"{calls} storage calls on tables in memory, many more on Azurite.");
        return calls;

        async Task<bool> OnAzuriteAsync(int call) => await RunAsync(
            await TestBank.StartAsync(scenario.Services), scenario, call, combinations[turn++ % combinations.Length], rows: null);
    }

    private static async Task<int> CountAsync(Func<int, Task<bool>> isKilledAt)
    {
        for (var call = 1; call <= CallsAtMost; call++)
        {
            if (!await isKilledAt(call))
            {
                return call - 1;
            }
        }

        throw new InvalidOperationException($"The operation makes more than {CallsAtMost} storage calls.");
    }

    /// <returns>Whether the operation got as far as the call.</returns>
    private static async Task<bool> RunAsync<TState>(
        TestBank started, CrashScenario<TState> scenario, int call, (KillMoment Moment, Healing Healing) combination, List<Rows>? rows)
    {
        var (moment, healing) = combination;
        await using var bank = started;
        var state = await scenario.Arrange(bank);
        await bank.SettleAsync();

        // Stale memory and no memory take different ways through the code; what the arrangement left in memory stays.
        bank.Storage.KillAt(call, moment);
        try
        {
            await scenario.Act(bank, state);
        }
        catch (Exception) when (bank.Storage.IsDead)
        {
        }

        await bank.SettleAsync();
        var killed = bank.Storage.IsDead;

        await using var restarted = bank.Restarted();
        var scene = $"{(bank.Memory is not null ? "in memory" : "on Azurite")}, killed {moment} call {call}";
        if (healing != Healing.RepeatThenSweep)
            await SweepAsync(scenario, restarted, state);

        // The client may never come back: then it is as the sweepers leave it.
        if (healing == Healing.SweepOnly || (healing == Healing.SweepThenRepeat && !scenario.LooksByActing))
            await AssertAsync(scenario, restarted, state, $"{scene}, then swept", isRepeated: !killed);
        if (healing == Healing.SweepOnly)
            return killed;

        await scenario.Act(restarted, state);
        await SweepAsync(scenario, restarted, state);
        scene = $"{scene}, then {healing}";
        await AssertAsync(scenario, restarted, state, scene, isRepeated: true);
        if (rows is not null && restarted.Memory is { } account)
        {
            rows.Add(new Rows(scene, healing, killed, RowCensus.Of(account, restarted.TablePrefix)));
        }

        return killed;
    }

    private static async Task AssertAsync<TState>(CrashScenario<TState> scenario, TestBank bank, TState state, string scene, bool isRepeated)
    {
        await bank.SettleAsync();
        var times = await scenario.Check(bank, state);
        Xunit.Assert.True(isRepeated ? times == 1 : times is 0 or 1, $"{scene}: took effect {times} times.");
        var proof = await bank.Get<ProveBooks>().RunAsync(CancellationToken.None);
        Xunit.Assert.True(proof.IsProven, $"{scene}: {string.Join("; ", proof.Faults)}");
        Xunit.Assert.True(proof.OpenJournals == 0, $"{scene}: {proof.OpenJournals} journals are still open.");
    }

    /// <summary>Once the client has repeated it, no table tells that there was a kill.</summary>
    private static void Compare(List<Rows> rows, IReadOnlyCollection<LeftRows> mayLeave)
    {
        var differences = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var healing in rows.GroupBy(run => run.Healing))
        {
            var undisturbed = healing.First(run => !run.IsKilled).Census;
            foreach (var run in healing.Where(run => run.IsKilled))
            {
                foreach (var difference in RowCensus.Differences(run.Census, undisturbed, mayLeave))
                {
                    differences.TryAdd(difference, run.Scene);
                }
            }
        }

        Xunit.Assert.True(
            differences.Count == 0,
            $"Not the rows of an undisturbed run:\n{string.Join('\n', differences.Select(difference => $"{difference.Key} ({difference.Value})"))}");
    }

    private static async Task SweepAsync<TState>(CrashScenario<TState> scenario, TestBank bank, TState state)
    {
        await bank.SweepAsync();
        if (scenario.Heal is { } heal)
        {
            await heal(bank, state);
        }
    }

    private sealed record Rows(string Scene, Healing Healing, bool IsKilled, IReadOnlyDictionary<string, int> Census);

    private enum Healing
    {
        SweepOnly,
        SweepThenRepeat,
        RepeatThenSweep,
    }
}
