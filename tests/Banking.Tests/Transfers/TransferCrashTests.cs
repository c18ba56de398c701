using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Transfers;
using Serverless.Testing;
using static Serverless.Banking.Tests.Transfers.TransferScene;

namespace Serverless.Banking.Tests.Transfers;

public sealed class TransferCrashTests
{
    [Fact]
    [ProvesCrashSafety(typeof(ConfirmTransfer)), ProvesCrashSafety(typeof(SendTransfer)), ProvesCrashSafety(typeof(SweepTransfers))]
    public async Task A_transfer_killed_anywhere_is_made_once_or_not_at_all_its_state_and_limits_say_which_and_the_payee_is_told_once()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<TransferScene>(
            ArrangeAsync,
            async (bank, scene) =>
            {
                var sent = await ConfirmAsync(bank, scene.Quote);
                await SettleAsync(bank);

                // A repeat after the sweeper has given the order up is told so, and nothing moves.
                Assert.True(sent.IsSuccess || sent.Error is TransferInterrupted, sent.Error?.Code);
            },
            async (bank, scene) =>
            {
                var times = await CheckAsync(bank, scene);
                Assert.Equal(times == 1 ? "Push TransferReceived of 100000002" : "", await bank.SeeNoticesAsync());
                return times;
            })
        {
            Services = services =>
            {
                Services(services);
                WorkMessages.AddTo(services);
                services.AddCustomers().AddNotifications();
                services.AddSingleton<ITransferFollowUp, TellPayee>();
            },
            Heal = async (bank, _) =>
            {
                bank.Clock.Advance(TimeSpan.FromMinutes(6));
                await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
            },
        });
        Assert.InRange(calls, 5, 30);
    }

    [Fact]
    public async Task A_transfer_that_the_debit_refuses_killed_anywhere_is_rejected_or_was_never_taken()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<TransferScene>(
            async bank =>
            {
                var scene = await ArrangeAsync(bank);
                Assert.True((await ConfirmAsync(bank, await QuoteAsync(bank, scene.From, scene.To, 100), "warm")).IsSuccess);
                await SettleAsync(bank);

                // Another process takes the rest: what this one remembers lets the order through.
                await using var other = bank.Restarted();
                Assert.True((await other.Get<PostJournal>().RunAsync(Withdrawal(scene.From, 199_900), CancellationToken.None)).IsSuccess);
                await SettleAsync(other);
                return scene;
            },
            async (bank, scene) =>
            {
                Assert.False((await ConfirmAsync(bank, scene.Quote)).IsSuccess);
                await SettleAsync(bank);
            },
            async (bank, scene) =>
            {
                await SettleAsync(bank);
                Assert.Equal((0, 100), ((await bank.BalanceAsync(scene.From)).Minor, (await bank.BalanceAsync(scene.To)).Minor));
                var transfers = (await bank.Get<ListTransfers>().RunAsync(Arta, PageRequest.First, CancellationToken.None)).Items;
                Assert.Equal(1, transfers.Count(transfer => transfer.State == TransferState.Settled));
                Assert.All(transfers.Where(transfer => transfer.State != TransferState.Settled), transfer => Assert.Equal(TransferState.Rejected, transfer.State));
                var used = (await bank.Get<LimitBooks>().ReadAsync(Arta, CancellationToken.None)).Of(TransferKind.Inside, LimitMoment.Of(bank.Now));
                Assert.Equal(100, used.InDay);
                Assert.Equal(0, await CountOpenAsync(bank));
                return 1;
            })
        {
            Services = Services,

            // Whether the order got on record before it was refused depends on what the process remembers; a given up journal has a marker.
            MayLeave =
            [
                .. new[] { "key", "list", "transfer" }.Select(row => new LeftRows(
                    $"Transfers */{row}", 1, "Whether it was taken before it was refused depends on what the process remembers.", Fewer: 1)),
                new("ledger */marker Withdrawn", 1, "Taken back by the sweeper; a repeat may still post it."),
            ],
            Heal = async (bank, _) =>
            {
                bank.Clock.Advance(TimeSpan.FromMinutes(6));
                await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
            },
        });
        Assert.InRange(calls, 5, 30);
    }

    private static Journal Withdrawal(AccountId from, long minor) => new(
        TransactionId.Derive("test", "all"), "cash_withdrawal",
        [Leg.Debit(from, Money.OfMinor(minor, Currency.All)), Leg.Credit(BankAccount.Cash(Currency.All), Money.OfMinor(minor, Currency.All))],
        "", new NodaTime.LocalDate(2026, 3, 2), "test");

    private static async Task<int> CountOpenAsync(TestBank bank)
    {
        var open = 0;
        await foreach (var _ in bank.Get<OpenTransfers>().ListAsync(bank.Now, CancellationToken.None))
            open++;
        return open;
    }

    private static async Task<int> CheckAsync(TestBank bank, TransferScene scene)
    {
        await SettleAsync(bank);
        var received = (await bank.BalanceAsync(scene.To)).Minor;
        Assert.Contains(received, new long[] { 0, 50_000 });
        Assert.Equal(200_000 - received, (await bank.BalanceAsync(scene.From)).Minor);

        var transfers = (await bank.Get<ListTransfers>().RunAsync(Arta, PageRequest.First, CancellationToken.None)).Items;
        Assert.True(transfers.Count <= 1);
        Assert.All(transfers, transfer => Assert.Equal(received > 0 ? TransferState.Settled : TransferState.Rejected, transfer.State));
        Assert.Equal(received > 0 ? 1 : 0, transfers.Count(transfer => transfer.State == TransferState.Settled));
        var used = (await bank.Get<LimitBooks>().ReadAsync(Arta, CancellationToken.None)).Of(TransferKind.Inside, LimitMoment.Of(bank.Now));
        Assert.Equal(received, used.InDay);
        Assert.Equal(0, await CountOpenAsync(bank));

        // Given up in time counts as ended once: the client was told and knows.
        return received > 0 || transfers.Any(transfer => transfer.Failure is TransferInterrupted) ? 1 : 0;
    }
}
