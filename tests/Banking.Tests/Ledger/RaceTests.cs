using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Many at once, within one process and from several.</summary>
public sealed class RaceTests
{
    [Theory]
    [InlineData(2, 1)]
    [InlineData(16, 1)]
    [InlineData(16, 4)]
    public async Task The_same_id_posted_many_times_at_once_is_posted_once_and_everybody_hears_the_same(int callers, int processes)
    {
        await using var race = await Race.StartAsync(processes);
        var arta = await race.Bank.OpenAccountAsync("100000001", "100.00");
        var bill = Bill(arta, "60.00");

        var answers = await race.RunAsync(callers, (bank, _) => bank.PostAsync(bill));

        Assert.Equal(["ALL 40.00"], answers.Distinct());
        await race.SettledAsync();
        Assert.Equal(("ALL 40.00", "ALL 60.00"), ((await race.Bank.BalanceAsync(arta)).ToString(), await race.Bank.NetAsync(Oshee)));
    }

    [Theory]
    [InlineData(8, 1)]
    [InlineData(8, 4)]
    public async Task The_same_id_with_other_contents_at_once_is_posted_once_and_the_others_are_told(int callers, int processes)
    {
        await using var race = await Race.StartAsync(processes);
        var arta = await race.Bank.OpenAccountAsync("100000001", "100.00");

        var answers = await race.RunAsync(callers, (bank, i) => bank.PostAsync(Bill(arta, $"{i + 1}.00", "same")));

        Assert.Equal(callers - 1, answers.Count(answer => answer == "journal_mismatch"));
        await race.SettledAsync();
        Assert.Equal((await race.Bank.BalanceAsync(arta)).ToString(), answers.Single(answer => answer != "journal_mismatch"));
    }

    [Theory]
    [InlineData(16, 1)]
    [InlineData(16, 4)]
    public async Task Many_payments_from_too_little_money_never_go_below_zero(int callers, int processes)
    {
        await using var race = await Race.StartAsync(processes);
        var arta = await race.Bank.OpenAccountAsync("100000001", "50.00");

        var answers = await race.RunAsync(callers, (bank, _) => bank.PostAsync(Bill(arta, "10.00")));

        // "Busy" posted nothing, as it says: between processes a writer may lose too often.
        var paid = answers.Count(answer => answer.StartsWith("ALL", StringComparison.Ordinal));
        Assert.Equal(callers - paid, answers.Count(answer => answer is "insufficient_funds" or "account_busy"));
        Assert.True(paid == 5 || (paid < 5 && answers.Contains("account_busy")), string.Join(", ", answers));
        await race.SettledAsync();
        Assert.Equal($"ALL {50 - (10 * paid)}.00", (await race.Bank.BalanceAsync(arta)).ToString());
    }

    [Fact]
    public async Task Two_accounts_paying_each_other_from_all_sides_keep_their_sum()
    {
        await using var race = await Race.StartAsync(processes: 2);
        var (arta, besnik) = (await race.Bank.OpenAccountAsync("100000001", "100.00"), await race.Bank.OpenAccountAsync("100000002", "100.00"));

        var answers = await race.RunAsync(16, (bank, i) => bank.PostAsync(i % 2 == 0 ? Transfer(arta, besnik, "7.00") : Transfer(besnik, arta, "3.00")));

        Assert.All(answers, answer => Assert.True(answer.StartsWith("ALL", StringComparison.Ordinal) || answer == "account_busy", answer));
        await race.SettledAsync();
        Assert.Equal("ALL 200.00", (await race.Bank.BalanceAsync(arta) + await race.Bank.BalanceAsync(besnik)).ToString());
    }

    [Fact]
    public async Task Holds_and_payments_from_several_processes_lose_none_of_each_others_changes()
    {
        await using var race = await Race.StartAsync(processes: 4);
        var arta = await race.Bank.OpenAccountAsync("100000001", "1000.00");

        var answers = await race.RunAsync(16, async (bank, i) => i % 2 == 0
            ? await bank.PostAsync(Bill(arta, "10.00"))
            : (await bank.Get<PlaceHold>().RunAsync(
                HoldId.Derive("race", $"{i}"), arta, All("5.00"), bank.Now + NodaTime.Duration.FromHours(1), "", CancellationToken.None))
                .Match(hold => "held", error => error.Code));

        await race.SettledAsync();
        var book = await race.Bank.Get<ReadBook>().RunAsync(arta, CancellationToken.None);
        var (paid, held) = (answers.Count(answer => answer.StartsWith("ALL", StringComparison.Ordinal)), answers.Count(answer => answer == "held"));
        Assert.Equal(16 - paid - held, answers.Count(answer => answer == "account_busy"));
        Assert.Equal(($"ALL {1000 - (10 * paid)}.00", $"ALL {5 * held}.00"), (book!.Balance.ToString(), book.Held.ToString()));
    }

    [Fact]
    public async Task Sweepers_and_the_poster_at_once_finish_a_journal_once()
    {
        await using var race = await Race.StartAsync(processes: 3);
        var arta = await race.Bank.OpenAccountAsync("100000001", "100.00");

        await race.RunAsync(12, async (bank, i) => i % 3 == 0
            ? $"swept {await bank.SweepAsync()}"
            : await bank.PostAsync(Bill(arta, "5.00", $"bill {i % 3}")));

        await race.SettledAsync();
        Assert.Equal("ALL 90.00", (await race.Bank.BalanceAsync(arta)).ToString());
    }

    [Fact]
    public async Task A_writer_who_always_loses_is_told_so_after_a_dozen_tries_and_nothing_is_left_behind()
    {
        await using var bank = await TestBank.StartInMemoryAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        await using var other = bank.Restarted();
        var bill = Bill(arta, "5.00", "unlucky");
        var writes = 0;
        bank.Storage.Reset();
        bank.Storage.Break(call =>
        {
            // Somebody else changes the head right before each of this process' groups reaches it.
            if (call.Target.Contains("$batch", StringComparison.Ordinal))
                other.Get<SetOverdraftLimit>().RunAsync(arta, All($"{++writes}.00"), CancellationToken.None).GetAwaiter().GetResult();
            return StorageFault.None;
        });

        Assert.Equal("account_busy", await bank.PostAsync(bill));

        Assert.InRange(writes, 2, 12);
        bank.Storage.Reset();
        Assert.Equal("ALL 100.00", (await bank.BalanceAsync(arta)).ToString());
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
        Assert.Equal("ALL 95.00", await bank.PostAsync(bill));
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    private sealed class Race : IAsyncDisposable
    {
        private readonly List<TestBank> processes = [];

        public TestBank Bank => processes[0];

        public static async Task<Race> StartAsync(int processes)
        {
            var race = new Race();
            race.processes.Add(await TestBank.StartAsync());
            race.processes.AddRange(Enumerable.Range(1, processes - 1).Select(_ => race.Bank.Restarted()));
            return race;
        }

        public async Task<IReadOnlyList<string>> RunAsync(int callers, Func<TestBank, int, Task<string>> call)
        {
            var start = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var calls = Enumerable.Range(0, callers).Select(async i =>
            {
                await start.Task;
                return await call(processes[i % processes.Count], i);
            }).ToArray();
            start.SetResult();
            return await Task.WhenAll(calls);
        }

        public async Task SettledAsync()
        {
            foreach (var process in processes)
            {
                await process.SettleAsync();
            }

            await Bank.SweepAsync();
            Assert.Equal(0, (await Bank.ProveAsync()).OpenJournals);
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var process in processes)
            {
                await process.DisposeAsync();
            }
        }
    }
}
