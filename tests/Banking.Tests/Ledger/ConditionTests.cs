using Azure;
using Azure.Data.Tables;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;
using Serverless.Banking.Storage;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Journals that depend on a row of the caller's, here a slip.</summary>
public sealed class ConditionTests
{
    [Fact]
    public async Task The_callers_row_is_written_beside_the_intent_and_costs_no_step_more()
    {
        await using var bank = await StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        bank.Storage.Reset();

        Assert.Equal("ALL 6.00", await Slips.PostAsync(bank, Transfer(arta, besnik, "4.00", "one")));

        var calls = await bank.CallsAsync();
        Assert.Equal(["POST journals", "POST slips"], calls.Take(2).Select(call => call.Contains("slips", StringComparison.Ordinal) ? "POST slips" : call).Order());
        Assert.Equal(["POST $batch", "POST $batch", "DELETE journals"], calls.Skip(2));
        Assert.Equal("ALL 6.00", await Slips.PostAsync(bank, Transfer(arta, besnik, "4.00", "one")));
        await ProvenAsync(bank);
    }

    [Fact]
    public async Task A_precondition_that_says_no_is_the_answer_and_nothing_is_posted_then_or_later()
    {
        await using var bank = await StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        var journal = Transfer(arta, besnik, "4.00", "one");

        var refused = await bank.Get<PostJournal>().RunAsync(journal, _ => Task.FromResult<Result<Nothing>>(new HoldMismatch()), CancellationToken.None);
        Assert.Equal("hold_mismatch", refused.Error!.Code);
        var written = false;
        var missing = await bank.Get<PostJournal>().RunAsync(Transfer(arta, besnik, "99.00"), _ => Record(() => written = true), CancellationToken.None);
        Assert.Equal(("insufficient_funds", false), (missing.Error!.Code, written));

        Assert.Equal(0, await bank.SweepAsync());
        Assert.Equal("ALL 10.00", (await bank.BalanceAsync(arta)).ToString());
        await ProvenAsync(bank);
    }

    [Fact]
    public async Task A_conditional_transfer_killed_at_any_storage_call_is_done_once_or_not_at_all()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId Arta, AccountId Besnik)>(
            Arrange: async bank => (await bank.OpenAccountAsync("100000001", "100.00"), await bank.OpenAccountAsync("100000002", "0.00")),
            Act: (bank, s) => Slips.PostAsync(bank, Transfer(s.Arta, s.Besnik, "50.00", "one")),
            Check: async (bank, s) => ((await bank.BalanceAsync(s.Arta)).ToString(), (await bank.BalanceAsync(s.Besnik)).ToString(), await Slips.HasAsync(bank, Id("one"))) switch
            {
                ("ALL 100.00", "ALL 0.00", _) => 0,
                ("ALL 50.00", "ALL 50.00", true) => 1,
                _ => -1,
            })
        { Services = Slips.Add });

        Assert.Equal(5, calls);
    }

    [Fact]
    public async Task A_posting_so_slow_that_the_sweeper_took_it_back_records_its_intent_anew()
    {
        await using var bank = await StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        await using var sweeper = bank.Restarted();
        var journal = Transfer(arta, besnik, "4.00", "slow");

        var posted = await bank.Get<PostJournal>().RunAsync(
            journal,
            async cancellation =>
            {
                await Eventually.IsTrueAsync(async () => (await sweeper.Get<ProveBooks>().RunAsync(cancellation)).OpenJournals == 1);
                Assert.Equal(1, await sweeper.SweepAsync());
                return await Slips.WriteAsync(bank, journal.Id, cancellation);
            },
            CancellationToken.None);

        Assert.Equal("ALL 6.00", $"{posted.Value!.BalanceAfter}");
        Assert.Equal("ALL 4.00", (await bank.BalanceAsync(besnik)).ToString());
        await ProvenAsync(bank);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_sweeper_posts_what_has_its_row_also_after_it_was_taken_back_and_takes_back_what_has_none(bool isTakenBackBefore)
    {
        await using var bank = await StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        var journal = Transfer(arta, besnik, "4.00", "one");
        for (var times = isTakenBackBefore ? 2 : 0; times > 0; times--)
        {
            await bank.Get<OpenJournals>().AddAsync(journal, isConditional: true, CancellationToken.None);
            Assert.Equal(1, await bank.SweepAsync());
            Assert.Equal("ALL 10.00", (await bank.BalanceAsync(arta)).ToString());
            Assert.Null(await bank.Get<FindJournal>().RunAsync(journal.Id, arta, CancellationToken.None));
        }

        await bank.Get<OpenJournals>().AddAsync(journal, isConditional: true, CancellationToken.None);
        await Slips.WriteAsync(bank, journal.Id, CancellationToken.None);
        Assert.Equal(1, await bank.SweepAsync());

        Assert.Equal("ALL 6.00", (await bank.BalanceAsync(arta)).ToString());
        Assert.Equal("ALL 6.00", await Slips.PostAsync(bank, journal));
        await ProvenAsync(bank);
    }

    [Fact]
    public async Task What_was_taken_back_can_be_given_up_for_ever()
    {
        await using var bank = await StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        var journal = Transfer(arta, besnik, "4.00", "one");
        await bank.Get<OpenJournals>().AddAsync(journal, isConditional: true, CancellationToken.None);
        await bank.SweepAsync();

        Assert.Equal(VoidOutcome.Voided, (await bank.Get<VoidJournal>().RunAsync(journal.Id, arta, CancellationToken.None)).Value);
        Assert.Equal("transaction_voided", await Slips.PostAsync(bank, journal));
        await ProvenAsync(bank);
    }

    [Fact]
    public async Task Posters_of_one_id_and_sweepers_that_take_it_back_all_the_time_leave_it_posted_once()
    {
        await using var bank = await StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "100.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        await using var other = bank.Restarted();
        for (var round = 0; round < 10; round++)
        {
            var journal = Transfer(arta, besnik, "1.00", $"round {round}");
            var answers = await Task.WhenAll(
                Slips.PostAsync(bank, journal), Slips.PostAsync(other, journal), SweepAllAsync(bank), Slips.PostAsync(bank, journal), SweepAllAsync(other),
                other.Get<VoidJournal>().WithdrawAsync(journal.Id, arta, CancellationToken.None).ContinueWith(_ => "", TaskScheduler.Default));
            Assert.Contains($"ALL {99 - round}.00", answers[0]);
        }

        await SweepAllAsync(bank);
        Assert.Equal(("ALL 90.00", "ALL 10.00"), ((await bank.BalanceAsync(arta)).ToString(), (await bank.BalanceAsync(besnik)).ToString()));
        await other.SettleAsync();
        await ProvenAsync(bank);
    }

    [Fact]
    public async Task A_kind_nobody_answers_for_cannot_be_conditional()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "10.00");

        await Assert.ThrowsAsync<ArgumentException>(() =>
            bank.Get<PostJournal>().RunAsync(Bill(arta, "1.00"), _ => Record(() => { }), CancellationToken.None));
    }

    private static Task<TestBank> StartAsync() => TestBank.StartAsync(Slips.Add);

    private static async Task<string> SweepAllAsync(TestBank bank)
    {
        await bank.Get<SweepJournals>().RunAsync(bank.Now + NodaTime.Duration.FromSeconds(1), CancellationToken.None);
        return "";
    }

    private static Task<Result<Nothing>> Record(Action write)
    {
        write();
        return Task.FromResult<Result<Nothing>>(default(Nothing));
    }

    private static async Task ProvenAsync(TestBank bank)
    {
        await bank.SettleAsync();
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
    }

    private sealed class Slips(BankTables tables) : IJournalCondition
    {
        public string Kind => "transfer";

        public static void Add(IServiceCollection services) => services.AddTable("slips").AddSingleton<IJournalCondition, Slips>();

        public static async Task<string> PostAsync(TestBank bank, Journal journal)
        {
            var posted = await bank.Get<PostJournal>().RunAsync(journal, cancellation => WriteAsync(bank, journal.Id, cancellation), CancellationToken.None);
            return posted.Match(p => $"{p.BalanceAfter}{(p.IsComplete ? "" : " pending")}", error => error.Code);
        }

        public static async Task<Result<Nothing>> WriteAsync(TestBank bank, TransactionId id, CancellationToken cancellation)
        {
            try
            {
                await bank.Get<BankTables>().Open("slips").AddEntityAsync(new TableEntity("slip", id.ToString()), cancellation);
            }
            catch (RequestFailedException e) when (e.Status == 409)
            {
            }

            return default(Nothing);
        }

        public static async Task<bool> HasAsync(TestBank bank, TransactionId id) =>
            (await bank.Get<BankTables>().Open("slips").GetEntityIfExistsAsync<TableEntity>("slip", id.ToString())).HasValue;

        public async Task<bool> HoldsAsync(Journal journal, CancellationToken cancellation) =>
            (await tables.Open("slips").GetEntityIfExistsAsync<TableEntity>("slip", journal.Id.ToString(), null, cancellation)).HasValue;
    }
}
