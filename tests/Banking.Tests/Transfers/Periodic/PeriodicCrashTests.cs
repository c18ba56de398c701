using NodaTime;
using Serverless.Banking.Ledger;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Tests.MoneyRequests;
using Serverless.Banking.Transfers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Transfers.Periodic;

/// <summary>A standing transfer of 100.00 ALL to Besa, due on 5 and 12 March 2026; it is 06:00 of the 5th.</summary>
public sealed class PeriodicCrashTests
{
    private static readonly LeftRows[] PointerLeft = [new("PeriodicTransfersDue due/*", 1, "A pointer to a date that is not due yet: dropped when it is.")];

    [Fact, ProvesCrashSafety(typeof(ExecutePeriodicTransfer))]
    public async Task An_execution_killed_anywhere_is_made_once_told_once_and_comes_again_the_next_week()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            bank => ArrangeAsync(bank, "500.00"),
            (bank, _) => ExecuteAsync(bank),
            async (bank, scene) =>
            {
                Assert.Equal(
                    "from ALL 400.00, to ALL 100.00, Active, passed 1, next 2026-03-12 0, last Executed 2026-03-05, pointers 1, transfers 1; Push PeriodicTransferMade of 100000001",
                    await SeeAsync(bank, scene));
                return 1;
            })
        {
            Services = RequestScene.Services,
            Heal = HealAsync,
        });
        Assert.InRange(calls, 15, 60);
    }

    [Fact]
    public async Task An_execution_that_lacks_money_and_is_killed_anywhere_is_told_once_and_tried_again_at_noon()
    {
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            bank => ArrangeAsync(bank, "50.00"),
            (bank, _) => ExecuteAsync(bank),
            async (bank, scene) =>
            {
                Assert.Equal(
                    "from ALL 50.00, to ALL 0.00, Active, passed 0, next 2026-03-05 1, last none, pointers 1, transfers 0; Push PeriodicTransferRetried of 100000001",
                    await SeeAsync(bank, scene));
                return 1;
            })
        {
            Services = RequestScene.Services,
            Heal = HealAsync,
        });
    }

    [Fact, ProvesCrashSafety(typeof(ModifyPeriodicTransfer))]
    public async Task A_change_that_finds_an_execution_begun_and_is_killed_anywhere_makes_it_once_as_it_was()
    {
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            bank => ArrangeBegunAsync(bank),
            async (bank, scene) =>
            {
                Result<PeriodicTransfer> changed;
                do
                {
                    changed = await bank.Get<ModifyPeriodicTransfer>().RunAsync(
                        RequestScene.Arta, scene.Transfer, terms => terms with { From = scene.Other, Amount = Money.OfMinor(7_00, Currency.All) }, CancellationToken.None);
                    await RequestScene.SettleAsync(bank);
                }
                while (changed.Error is AccountBusy);
            },
            async (bank, scene) =>
            {
                var it = (await bank.Get<FindPeriodicTransfer>().RunAsync(RequestScene.Arta, scene.Transfer, CancellationToken.None)).Value!;
                Assert.StartsWith(
                    "from ALL 400.00, to ALL 100.00, Active, passed 1, next 2026-03-12 0, last Executed 2026-03-05, pointers 1, transfers 1", await SeeAsync(bank, scene),
                    StringComparison.Ordinal);
                return it.Terms.Amount.Minor == 7_00 && it.Terms.From == scene.Other ? 1 : 0;
            })
        {
            Services = RequestScene.Services,
            Heal = HealAsync,
        });
    }

    [Fact, ProvesCrashSafety(typeof(CancelPeriodicTransfer))]
    public async Task A_cancellation_that_finds_an_execution_begun_and_is_killed_anywhere_makes_it_once_and_no_other()
    {
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            bank => ArrangeBegunAsync(bank),
            async (bank, scene) =>
            {
                Result<PeriodicTransfer> cancelled;
                do
                {
                    cancelled = await bank.Get<CancelPeriodicTransfer>().RunAsync(RequestScene.Arta, scene.Transfer, CancellationToken.None);
                    await RequestScene.SettleAsync(bank);
                }
                while (cancelled.Error is AccountBusy);
            },
            async (bank, scene) =>
            {
                var seen = await SeeAsync(bank, scene);
                Assert.StartsWith("from ALL 400.00, to ALL 100.00", seen, StringComparison.Ordinal);
                Assert.Contains("last Executed 2026-03-05", seen, StringComparison.Ordinal);
                return seen.Contains("Cancelled, passed 1, next none", StringComparison.Ordinal) ? 1 : 0;
            })
        {
            Services = RequestScene.Services,
            MayLeave = PointerLeft,
            Heal = HealAsync,
        });
    }

    [Fact]
    public async Task Messages_that_come_twice_and_at_the_same_time_make_it_once()
    {
        await using var bank = await TestBank.StartInMemoryAsync(RequestScene.Services);
        var scene = await ArrangeAsync(bank, "500.00");
        await bank.Get<ExecuteDuePeriodicTransfers>().RunAsync(bank.Now, CancellationToken.None);
        var due = Assert.Single(bank.Get<WorkMessages>().Take<PeriodicTransferDue>(Banking.Messages.WorkQueues.PeriodicTransfers));

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => bank.Get<ExecutePeriodicTransfer>().RunAsync(due, CancellationToken.None)));
        await bank.Get<ExecutePeriodicTransfer>().RunAsync(due, CancellationToken.None);

        Assert.StartsWith("from ALL 400.00, to ALL 100.00, Active, passed 1, next 2026-03-12 0", await SeeAsync(bank, scene), StringComparison.Ordinal);
        await bank.ProveAsync();
    }

    [Fact]
    public async Task After_a_stop_of_weeks_every_due_date_is_made_up_for_in_one_run()
    {
        await using var bank = await TestBank.StartInMemoryAsync(RequestScene.Services);
        var scene = await ArrangeAsync(bank, "500.00");
        bank.Clock.Advance(TimeSpan.FromDays(20));

        await ExecuteAsync(bank);

        Assert.Equal(
            "from ALL 300.00, to ALL 200.00, Finished, passed 2, next none, last Executed 2026-03-12, pointers 0, transfers 2; Push PeriodicTransferMade of 100000001, Push PeriodicTransferMade of 100000001",
            await SeeAsync(bank, scene));
    }

    [Fact]
    public async Task An_execution_that_a_sweeper_gave_up_is_made_at_once_under_another_id()
    {
        await using var bank = await TestBank.StartInMemoryAsync(RequestScene.Services);
        var scene = await ArrangeBegunAsync(bank);
        var running = (await bank.Get<FindPeriodicTransfer>().RunAsync(RequestScene.Arta, scene.Transfer, CancellationToken.None)).Value!.Running!;
        var id = TransferId.Derive(RequestScene.Arta, "periodic", scene.Transfer.Value.ToString("N"), "20260305", "0.0");
        await bank.Get<VoidJournal>().RunAsync(new TransactionId(id.Value), running.Terms.From, CancellationToken.None);

        await ExecuteAsync(bank);

        Assert.StartsWith("from ALL 400.00, to ALL 100.00, Active, passed 1", await SeeAsync(bank, scene), StringComparison.Ordinal);
    }

    private static async Task HealAsync(TestBank bank, Scene scene)
    {
        await RequestScene.SettleAsync(bank);
        await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
        bank.Clock.Advance(TimeSpan.FromMinutes(10));
        await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
        await ExecuteAsync(bank);
    }

    /// <summary>The timer and the messages it sends.</summary>
    private static async Task ExecuteAsync(TestBank bank)
    {
        await bank.Get<ExecuteDuePeriodicTransfers>().RunAsync(bank.Now, CancellationToken.None);
        foreach (var due in bank.Get<WorkMessages>().Take<PeriodicTransferDue>(Banking.Messages.WorkQueues.PeriodicTransfers))
            await bank.Get<ExecutePeriodicTransfer>().RunAsync(due, CancellationToken.None);
        await RequestScene.SettleAsync(bank);
    }

    private static async Task<Scene> ArrangeAsync(TestBank bank, string balance)
    {
        var (other, _) = await RequestScene.RegisterAsync(bank);
        var (from, to) = (await bank.OpenAccountAsync(RequestScene.Arta.Value, balance), await bank.OpenAccountAsync(RequestScene.Besa.Value, "0.00"));
        var iban = (await bank.Get<ReadBook>().RunAsync(to, CancellationToken.None))!.Iban;
        var quote = await bank.Get<QuotePeriodicTransfer>().RunAsync(
            new PeriodicRequest(
                RequestScene.Arta, from, null, new PayeeChoice.OfAccount(iban, null), Money.OfMinor(100_00, Currency.All), "Qira", PeriodicFrequency.Weekly,
                new LocalDate(2026, 3, 5), null, 2),
            CancellationToken.None);
        var created = await bank.Get<CreatePeriodicTransfer>().RunAsync(
            new PeriodicConfirmation(RequestScene.Arta, IdempotencyKey.Of("standing"), "hash", quote.Value!.Text, AcceptsTerms: true), CancellationToken.None);
        bank.Clock.Advance(PeriodicSchedule.RunAt(new LocalDate(2026, 3, 5)).ToDateTimeOffset() - bank.Clock.GetUtcNow());
        return new Scene(from, other, to, created.Value!.Id);
    }

    /// <summary>The execution was begun, and its process killed.</summary>
    private static async Task<Scene> ArrangeBegunAsync(TestBank bank)
    {
        var scene = await ArrangeAsync(bank, "500.00");
        var stored = await bank.Get<PeriodicTable>().FindAsync(RequestScene.Arta, scene.Transfer, CancellationToken.None);
        await bank.Get<PeriodicCourse>().BeginAsync(stored!, CancellationToken.None);
        return scene;
    }

    private static async Task<string> SeeAsync(TestBank bank, Scene scene)
    {
        await RequestScene.SettleAsync(bank);
        var it = (await bank.Get<FindPeriodicTransfer>().RunAsync(RequestScene.Arta, scene.Transfer, CancellationToken.None)).Value!;
        var pointers = 0;
        await foreach (var _ in bank.Get<PeriodicTable>().DueAsync(Instant.FromUtc(2999, 1, 1, 0, 0), CancellationToken.None))
            pointers++;
        var transfers = (await bank.Get<ListTransfers>().RunAsync(RequestScene.Arta, PageRequest.First, CancellationToken.None)).Items.Count(transfer => transfer.State == TransferState.Settled);
        return $"from {await bank.BalanceAsync(scene.From)}, to {await bank.BalanceAsync(scene.To)}, {it.State}, passed {it.Passed}, "
            + $"next {(it.Next is { } next ? $"{next.DueOn:uuuu-MM-dd} {next.Attempt}" : "none")}, last {(it.LastResult is { } last ? $"{last.Outcome} {last.DueOn:uuuu-MM-dd}" : "none")}, "
            + $"pointers {pointers}, transfers {transfers}; {await bank.SeeNoticesAsync()}";
    }

    private sealed record Scene(AccountId From, AccountId Other, AccountId To, PeriodicTransferId Transfer);
}
