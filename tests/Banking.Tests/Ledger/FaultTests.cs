using Serverless.Banking.Ledger;
using Serverless.Testing;
using static Serverless.Banking.Tests.Ledger.Journals;

namespace Serverless.Banking.Tests.Ledger;

/// <summary>Storage that fails, is busy, or answers too late.</summary>
public sealed class FaultTests
{
    [Theory]
    [InlineData(StorageFault.InternalError)]
    [InlineData(StorageFault.ServerBusy)]
    [InlineData(StorageFault.ConnectionLostBefore)]
    [InlineData(StorageFault.AnswerLost)]
    public async Task One_fault_at_any_call_is_not_noticed_by_the_caller(StorageFault fault)
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besnik) = (await bank.OpenAccountAsync("100000001", "100.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        for (var call = 1; call <= 4; call++)
        {
            var before = await bank.BalanceAsync(arta);
            bank.Storage.Reset();
            bank.Storage.Break(c => c.Number == call ? fault : StorageFault.None);

            Assert.Equal((before - All("5.00")).ToString(), await bank.PostAsync(Transfer(arta, besnik, "5.00")));
            await bank.SettleAsync();
        }

        bank.Storage.Reset();
        Assert.Equal(("ALL 80.00", "ALL 20.00"), ((await bank.BalanceAsync(arta)).ToString(), (await bank.BalanceAsync(besnik)).ToString()));
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
    }

    [Fact]
    public async Task The_last_money_taken_with_the_answer_lost_is_success_and_not_insufficient_funds()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        bank.Storage.Break(call => call.Target == "$batch" ? StorageFault.AnswerLost : StorageFault.None);

        Assert.Equal("ALL 0.00", await bank.PostAsync(Bill(arta, "100.00")));

        bank.Storage.Reset();
        Assert.Equal("ALL 0.00", (await bank.BalanceAsync(arta)).ToString());
        await bank.SettleAsync();
        await bank.ProveAsync();
    }

    [Fact]
    public async Task Storage_failing_after_the_debit_leaves_a_pending_journal_that_the_sweeper_completes()
    {
        await using var bank = await TestBank.StartAsync();
        var (arta, besa) = (await bank.OpenAccountAsync("100000001", "100.00"), await bank.OpenAccountAsync("100000002", "0.00"));
        bank.Storage.Reset();
        bank.Storage.Break(call => call.Number > 2 ? StorageFault.InternalError : StorageFault.None);
        var transfer = Transfer(arta, besa, "60.00");

        Assert.Equal("ALL 40.00 pending", await bank.PostAsync(transfer));

        bank.Storage.Reset();
        Assert.False((await bank.Get<FindJournal>().RunAsync(transfer.Id, arta, CancellationToken.None))!.IsComplete);
        Assert.Equal("ALL 0.00", (await bank.BalanceAsync(besa)).ToString());
        Assert.Equal((true, 1), await bank.Get<ProveBooks>().RunAsync(CancellationToken.None) is var p ? (p.IsProven, p.OpenJournals) : default);

        Assert.Equal(1, await bank.SweepAsync());
        Assert.Equal("ALL 60.00", (await bank.BalanceAsync(besa)).ToString());
        Assert.True((await bank.Get<FindJournal>().RunAsync(transfer.Id, arta, CancellationToken.None))!.IsComplete);
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
    }

    [Fact]
    public async Task What_the_banks_own_accounts_get_is_not_waited_for_and_the_sweeper_sees_to_it_when_storage_fails()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        bank.Storage.Reset();
        bank.Storage.Break(call => call.Number > 2 ? StorageFault.InternalError : StorageFault.None);

        Assert.Equal("ALL 40.00", await bank.PostAsync(Bill(arta, "60.00")));

        await bank.SettleAsync();
        bank.Storage.Reset();
        Assert.Equal("ALL 0.00", await bank.NetAsync(Oshee));
        Assert.Equal((true, 1), await bank.Get<ProveBooks>().RunAsync(CancellationToken.None) is var p ? (p.IsProven, p.OpenJournals) : default);

        Assert.Equal(1, await bank.SweepAsync());
        Assert.Equal("ALL 60.00", await bank.NetAsync(Oshee));
        Assert.Equal(0, (await bank.ProveAsync()).OpenJournals);
    }

    [Fact]
    public async Task Storage_down_before_the_debit_throws_and_leaves_nothing_or_what_the_sweeper_posts()
    {
        await using var bank = await TestBank.StartAsync();
        var arta = await bank.OpenAccountAsync("100000001", "100.00");
        bank.Storage.Reset();
        bank.Storage.Break(_ => StorageFault.ServerBusy);
        await Assert.ThrowsAnyAsync<Exception>(() => bank.PostAsync(Bill(arta, "1.00")));

        bank.Storage.Reset();
        bank.Storage.Break(call => call.Number > 1 ? StorageFault.ServerBusy : StorageFault.None);
        await Assert.ThrowsAnyAsync<Exception>(() => bank.PostAsync(Bill(arta, "5.00")));

        bank.Storage.Reset();
        Assert.Equal("ALL 100.00", (await bank.BalanceAsync(arta)).ToString());
        Assert.Equal(1, await bank.SweepAsync());
        Assert.Equal("ALL 95.00", (await bank.BalanceAsync(arta)).ToString());
        await bank.ProveAsync();
    }
}
