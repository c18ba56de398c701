using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

public sealed class SweepTests
{
    [Fact]
    public async Task What_a_customer_was_refused_is_not_posted_later_when_money_comes()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "10.00");
        await using var other = bank.Restarted();

        // This process remembers 10.00, so it records the intent before the storage tells it that the money is gone.
        await other.PostAsync(Bill(arta, "10.00"));
        Assert.Equal("insufficient_funds", await bank.PostAsync(Bill(arta, "10.00")));
        await bank.PostAsync(Deposit(arta, "10.00"));
        await bank.SettleAsync();

        Assert.Equal(0, await bank.SweepAsync());
        Assert.Equal("ALL 10.00", (await bank.BalanceAsync(arta)).ToString());
    }

    [Fact]
    public async Task An_open_journal_that_is_refused_now_is_voided_because_its_poster_may_be_slow_instead_of_dead()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "10.00");
        var journal = Bill(arta, "20.00", "slow");
        await bank.Get<OpenJournals>().AddAsync(journal, isConditional: false, CancellationToken.None);

        Assert.Equal(1, await bank.SweepAsync());

        await bank.PostAsync(Deposit(arta, "100.00"));
        Assert.Equal("transaction_voided", (await bank.Get<Posting>().WriteAsync(journal)).Error!.Code);
        Assert.Equal("ALL 110.00", (await bank.BalanceAsync(arta)).ToString());
        await bank.SettleAsync();
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
    }

    [Fact]
    public async Task Only_what_is_older_than_asked_is_touched_and_an_idle_sweep_costs_one_call()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "10.00");
        await bank.Get<OpenJournals>().AddAsync(Bill(arta, "1.00"), isConditional: false, CancellationToken.None);
        bank.Storage.Reset();

        Assert.Equal(0, await bank.Get<SweepJournals>().RunAsync(bank.Now - Duration.FromMinutes(1), CancellationToken.None));
        Assert.Equal(["GET journals"], await bank.CallsAsync());

        bank.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await bank.Get<SweepJournals>().RunAsync(bank.Now - Duration.FromMinutes(1), CancellationToken.None));
        Assert.Equal("ALL 9.00", (await bank.BalanceAsync(arta)).ToString());
    }

    [Fact]
    public async Task A_credit_that_finds_its_account_closed_waits_in_suspense_and_arrives_nowhere_else()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "10.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        var journal = Transfer(arta, besnik, "4.00");
        bank.Storage.Reset();
        bank.Storage.Break(call => call.Number > 2 ? StorageFault.InternalError : StorageFault.None);
        Assert.Equal("ALL 6.00 pending", await bank.PostAsync(journal));
        bank.Storage.Reset();
        await bank.Get<ChangeAccountStatus>().RunAsync(besnik, AccountStatus.Blocked, CancellationToken.None);

        Assert.Equal(1, await bank.SweepAsync());
        await bank.Get<ChangeAccountStatus>().RunAsync(besnik, AccountStatus.Active, CancellationToken.None);
        Assert.Equal("ALL 6.00", await bank.PostAsync(journal));

        Assert.Equal("ALL 0.00", (await bank.BalanceAsync(besnik)).ToString());
        Assert.Equal("ALL 4.00", await bank.NetAsync(BankAccount.Suspense(Currency.All)));
        await bank.SettleAsync();
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
    }

    [Fact, ProvesCrashSafety(typeof(SweepJournals))]
    public async Task A_sweep_killed_at_any_storage_call_is_finished_by_the_next()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            Arrange: async bank =>
            {
                var arta = await bank.OpenAccountAsync("100000001", "2000.00");
                await bank.Get<OpenJournals>().AddAsync(Bill(arta, "1707.40", "open"), isConditional: false, CancellationToken.None);
                return arta;
            },
            Act: (bank, _) => bank.SweepAsync(),
            Check: async (bank, arta) => (await bank.BalanceAsync(arta)).ToString() == "ALL 292.60" && await bank.NetAsync(Oshee) == "ALL 1707.40" ? 1 : 0));

        Assert.Equal(4, calls);
    }
}
