using NodaTime;
using Serverless.Banking.Audit;
using Serverless.Banking.Interbank;
using Serverless.Banking.Iso20022;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Interbank;

public sealed class InterbankCrashTests
{
    [Fact]
    [ProvesCrashSafety(typeof(SendInterbankTransfer)), ProvesCrashSafety(typeof(BeginInterbankOrder)), ProvesCrashSafety(typeof(SendInterbankOrder))]
    public async Task A_transfer_killed_on_its_way_to_the_network_is_reserved_and_sent_once_or_not_at_all() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<InterbankScene>(
            bank => InterbankScene.ArrangeAsync(bank),
            async (bank, scene) =>
            {
                var taken = await scene.ConfirmAsync(bank);

                // Given up before it was taken: the client is told so, and orders again.
                if (taken.Error is Banking.Transfers.TransferInterrupted)
                {
                    await scene.QuoteAsync(bank);
                    taken = await scene.ConfirmAsync(bank);
                }

                Assert.True(taken.IsSuccess, taken.Error?.Code);
                await scene.GoOnAsync(bank);
            },
            async (bank, scene) => await scene.SeeAsync(bank) switch
            {
                "200000 60000 Sent Sent" => 1,
                "200000 0 none none" or "200000 0 none New" or "200000 0 none Abandoned" => 0,
                _ => -1,
            })
        {
            Services = InterbankScene.Services,
            MayLeave =
            [
                new("InterbankOrders */order Abandoned", 1, "An order that was given up says so for ever, lest a slow process take it."),
                new("ledger */hold Released", 1, "And its hold can never be placed."),
            ],
            Heal = (bank, _) => InterbankScene.HealAsync(bank),
        }), 8, 40);

    [Fact, ProvesCrashSafety(typeof(HandleInterbankWebhook))]
    public async Task An_acceptance_killed_anywhere_posts_the_hold_once() => await HeardAsync(
        InterbankScene.SentAsync, scene => scene.Status("ACSC"), "140000 0 Settled Settled", "200000 60000 Sent Sent");

    [Fact, ProvesCrashSafety(typeof(HandleInterbankWebhook))]
    public async Task A_rejection_killed_anywhere_lifts_the_hold_once() => await HeardAsync(
        InterbankScene.SentAsync, scene => scene.Status("RJCT"), "200000 0 Rejected Rejected", "200000 60000 Sent Sent");

    [Fact, ProvesCrashSafety(typeof(HandleInterbankWebhook))]
    public async Task A_return_killed_anywhere_gives_the_money_back_once() => await HeardAsync(
        InterbankScene.SettledAsync, scene => scene.Return(), "190000 0 Returned Returned", "140000 0 Settled Settled");

    [Fact]
    [ProvesCrashSafety(typeof(DecideScreening)), ProvesCrashSafety(typeof(ExpireScreening))]
    public async Task A_stopped_transfer_rejected_by_staff_or_by_the_clock_lifts_its_hold_once()
    {
        await RejectedAsync((bank, scene) => bank.Get<DecideScreening>().RunAsync(scene.Id, approve: false, AuditActor.Staff("officer-1"), CancellationToken.None));
        await RejectedAsync((bank, scene) => bank.Get<ExpireScreening>().RunAsync(scene.Id, CancellationToken.None), late: true);
    }

    [Fact, ProvesCrashSafety(typeof(CreditIncoming))]
    public async Task An_incoming_payment_killed_anywhere_is_credited_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            bank => bank.OpenAccountAsync("100000001", "0.00"),
            async (bank, account) => await bank.Get<CreditIncoming>().RunAsync(await MessageAsync(bank, account), CancellationToken.None),
            async (bank, account) => (await bank.BalanceAsync(account)).Minor switch { 0 => 0, 50_000 => 1, _ => -1 })
        {
            Services = InterbankScene.Services,
        }), 5, 20);

    [Fact]
    [ProvesCrashSafety(typeof(CreditIncoming)), ProvesCrashSafety(typeof(ReturnIncoming))]
    public async Task A_payment_that_no_account_takes_goes_to_suspense_and_back_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            async bank =>
            {
                var account = await bank.OpenAccountAsync("100000001", "0.00");
                Assert.True((await bank.Get<ChangeAccountStatus>().RunAsync(account, AccountStatus.Closed, CancellationToken.None)).IsSuccess);
                return account;
            },
            async (bank, account) =>
            {
                await bank.Get<CreditIncoming>().RunAsync(await MessageAsync(bank, account), CancellationToken.None);
                await bank.Get<ReturnIncoming>().RunAsync(CancellationToken.None);
            },
            async (bank, _) =>
            {
                var suspense = await bank.Get<SumBankDay>().RunAsync(BankAccount.Suspense(Currency.All), Today(bank), CancellationToken.None);
                return (suspense.Debits.Minor, suspense.Credits.Minor) switch { (0, 0) => 0, (50_000, 50_000) => 1, _ => -1 };
            })
        {
            Services = InterbankScene.Services,
            Heal = (bank, _) => InterbankScene.HealAsync(bank),
        }), 8, 40);

    [Fact]
    public async Task A_return_to_a_closed_account_waits_on_suspense()
    {
        await using var bank = await TestBank.StartInMemoryAsync(InterbankScene.Services);
        var scene = await InterbankScene.SettledAsync(bank);
        Assert.True((await bank.Get<ChangeAccountStatus>().RunAsync(scene.From, AccountStatus.Blocked, CancellationToken.None)).IsSuccess);

        await scene.HearAsync(bank, scene.Return());
        await scene.HearAsync(bank, scene.Return());

        Assert.Equal("140000 0 Returned Returned", await scene.SeeAsync(bank));
        var suspense = await bank.Get<SumBankDay>().RunAsync(BankAccount.Suspense(Currency.All), Today(bank), CancellationToken.None);
        Assert.Equal(50_000, suspense.Net.Minor);
        await bank.ProveAsync();
    }

    [Fact]
    public async Task An_acceptance_for_an_account_that_was_blocked_meanwhile_is_posted_once_it_is_open_again()
    {
        await using var bank = await TestBank.StartInMemoryAsync(InterbankScene.Services);
        var scene = await InterbankScene.SentAsync(bank);
        Assert.True((await bank.Get<ChangeAccountStatus>().RunAsync(scene.From, AccountStatus.Blocked, CancellationToken.None)).IsSuccess);

        await Assert.ThrowsAsync<InvalidOperationException>(() => scene.HearAsync(bank, scene.Status("ACSC")));
        Assert.Equal("200000 60000 Sent Settling", await scene.SeeAsync(bank));
        Assert.True((await bank.Get<ChangeAccountStatus>().RunAsync(scene.From, AccountStatus.Active, CancellationToken.None)).IsSuccess);
        await InterbankScene.HealAsync(bank);

        Assert.Equal("140000 0 Settled Settled", await scene.SeeAsync(bank));
    }

    [Fact]
    public async Task A_hold_outlives_every_answer()
    {
        await using var bank = await TestBank.StartInMemoryAsync(InterbankScene.Services);
        var scene = await InterbankScene.SentAsync(bank);

        bank.Clock.Advance(TimeSpan.FromDays(365));
        await bank.Get<ExpireHolds>().RunAsync(bank.Now, CancellationToken.None);

        Assert.Equal("200000 60000 Sent Sent", await scene.SeeAsync(bank));
    }

    private static async Task HeardAsync(
        Func<TestBank, Task<InterbankScene>> arrange, Func<InterbankScene, string> message, string after, string before) => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<InterbankScene>(
            arrange,
            async (bank, scene) => Assert.True((await scene.HearAsync(bank, message(scene))).IsSuccess),
            async (bank, scene) =>
            {
                var seen = await scene.SeeAsync(bank);
                if (seen == after)
                    Assert.Equal(0, await InterbankScene.OpenAsync(bank));
                return seen == after ? 1 : seen == before ? 0 : -1;
            })
        {
            Services = InterbankScene.Services,
            Heal = (bank, _) => InterbankScene.HealAsync(bank),
        }), 5, 40);

    private static async Task RejectedAsync(Func<TestBank, InterbankScene, Task> reject, bool late = false) => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<InterbankScene>(
            async bank =>
            {
                var scene = await InterbankScene.ArrangeAsync(bank, "Viktor");
                Assert.True((await scene.ConfirmAsync(bank)).IsSuccess);
                await bank.Get<BeginInterbankOrder>().RunAsync(scene.Id, CancellationToken.None);
                if (late)
                    bank.Clock.Advance(TimeSpan.FromDays(4));
                return scene;
            },
            reject,
            async (bank, scene) => await scene.SeeAsync(bank) switch
            {
                "200000 0 Rejected Rejected" => 1,
                "200000 60000 Accepted Suspended" => 0,
                _ => -1,
            })
        {
            Services = InterbankScene.Services,
            Heal = (bank, _) => InterbankScene.HealAsync(bank),
        }), 5, 30);

    private static LocalDate Today(TestBank bank) => bank.Now.InZone(BankTime.Tirane).Date;

    private static async Task<CreditTransferMessage> MessageAsync(TestBank bank, AccountId account)
    {
        var iban = (await bank.Get<ReadBook>().RunAsync(account, CancellationToken.None))!.Iban;
        var agent = new MessageAgent(Bic.Of("COBADEFF"));
        return new CreditTransferMessage(
            new GroupHeader("IN-1", Instant.FromUtc(2026, 3, 2, 8, 0), null, null),
            [
                new CreditTransfer(
                    null, "NOTPROVIDED", "T1", Money.OfMinor(50_000, Currency.All), null, null, ChargeBearer.Shar, [], new MessageParty("Hans Muster"), null, agent,
                    new MessageAgent(Bic.Of("SRVLALTR")), new MessageParty("Arta Hoxha"), MessageAccount.Of(Banking.Accounts.Iban.Of(iban)), null, "Fatura 7"),
            ]);
    }
}
