using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Receipts;
using Serverless.Banking.SmartPay;
using Serverless.Banking.Tests.MoneyRequests;
using Serverless.Banking.Transfers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.SmartPay;

public sealed class QrPaymentCrashTests
{
    private static readonly string Key = Banking.Keys.P256Key.New().ToPrivateJwk();

    private static readonly LeftRows[] PointerLeft = [new("SmartPayDue due/*", 1, "A pointer to the end of a request that is paid: dropped when it is due.")];

    [Fact, ProvesCrashSafety(typeof(PayByQr))]
    public async Task A_payment_of_a_request_killed_anywhere_is_made_once_or_not_at_all_and_the_request_says_which()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scanned>(
            bank => ArrangeAsync(bank, Money.OfMinor(12_050, Currency.All)),
            async (bank, scene) =>
            {
                var paid = await scene.PayAsync(bank);
                await bank.SettleAsync();

                // The sweepers may have given the order up in between: the payer is told so and pays again.
                if (paid.Error is TransferInterrupted)
                    await scene.PayAsync(bank);
                await bank.SettleAsync();
            },
            CheckAsync)
        {
            Services = Services,
            MayLeave = PointerLeft,
            Heal = (bank, _) => HealAsync(bank),
        });
        Assert.InRange(calls, 12, 45);
    }

    [Fact, ProvesCrashSafety(typeof(AdvanceQrRequests))]
    public async Task A_killed_payment_is_carried_through_by_the_timer_once_wherever_that_is_killed()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scanned>(
            async bank =>
            {
                var scene = await ArrangeAsync(bank, Money.OfMinor(12_050, Currency.All));
                var table = bank.Get<SmartPayTable>();
                var stored = (await table.FindAsync(RequestScene.Arta, scene.Request, CancellationToken.None))!.Value.Stored;
                var terms = bank.Get<SealedQuotes>().Open<TransferTerms>(RequestScene.Besa, TransferKind.Qr.Code(), scene.Quote).Value!.Content;
                var begun = new QrRequestPayment(1, RequestScene.Besa, StableGuid.Of("qr_payment_key", RequestScene.Besa.Value, "pay"), terms, RequestScene.Phone, bank.Now);
                await table.PointAsync(stored.It, QrPaymentCourse.SweepAt(begun), 1, CancellationToken.None);
                await table.ChangeAsync(stored, stored.It with { Payment = begun }, CancellationToken.None);
                return scene;
            },
            async (bank, scene) =>
            {
                bank.Clock.Advance(TimeSpan.FromMinutes(3));
                await bank.Get<AdvanceQrRequests>().RunAsync(bank.Now, CancellationToken.None);
                await bank.SettleAsync();

                // When the transfer was given up in between, the payer pays again.
                if ((await bank.Get<SmartPayTable>().FindAsync(RequestScene.Arta, scene.Request, CancellationToken.None))!.Value.Stored.It is { PaidAt: null, Payment: null })
                    await scene.PayAsync(bank);
                await bank.SettleAsync();
            },
            CheckAsync)
        {
            Services = Services,
            MayLeave = PointerLeft,
            Heal = (bank, _) => HealAsync(bank),
        });
        Assert.InRange(calls, 10, 45);
    }

    /// <summary>As their times are: requests look after their payments before transfers are given up.</summary>
    private static async Task HealAsync(TestBank bank)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(3));
        await bank.Get<AdvanceQrRequests>().RunAsync(bank.Now, CancellationToken.None);
        await RequestScene.SweepTransfersAsync(bank);
        await bank.Get<AdvanceQrRequests>().RunAsync(bank.Now, CancellationToken.None);
    }

    private static async Task<int> CheckAsync(TestBank bank, Scanned scene)
    {
        await bank.SettleAsync();
        var it = (await bank.Get<SmartPayTable>().FindAsync(RequestScene.Arta, scene.Request, CancellationToken.None))!.Value.Stored.It;
        var received = (await bank.BalanceAsync(scene.OfArta)).Minor;
        Assert.Contains(received, new long[] { 0, 12_050 });
        Assert.Equal(20_000 - received, (await bank.BalanceAsync(scene.OfBesa)).Minor);
        Assert.Null(it.PaidAt is null ? it.Payment : null);
        Assert.Equal(received > 0, it.PaidAt is not null);
        Assert.Equal(received > 0 ? 1 : 0, (await bank.Get<ListQrReceipts>().RunAsync(RequestScene.Arta, PageRequest.First, CancellationToken.None)).Items.Count);
        return received > 0 ? 1 : 0;
    }

    /// <summary>Arta, who has nothing, asks for money by a code; Besa, who has 200.00 ALL, has scanned it.</summary>
    private static async Task<Scanned> ArrangeAsync(TestBank bank, Money amount)
    {
        var (ofArta, ofBesa) = await RequestScene.RegisterAsync(bank);
        var face = (await bank.Get<OpenQrAccount>().RunAsync(new NewQrAccount(RequestScene.Arta, IdempotencyKey.Of("open"), "hash", ofArta, null), CancellationToken.None)).Value!;
        var asked = await bank.Get<RequestByQr>().RunAsync(new NewQrRequest(RequestScene.Arta, IdempotencyKey.Of("ask"), "hash", face.Id, amount, null), CancellationToken.None);
        var quote = await bank.Get<QuoteQrPayment>().RunAsync(
            new QrPaymentOrder(RequestScene.Besa, "Besa Leka", asked.Value!.It.Code, ofBesa, null, null, RequestScene.Phone), CancellationToken.None);
        return new Scanned(ofArta, ofBesa, asked.Value.It.Id, quote.Value!.Text);
    }

    private static void Services(IServiceCollection services)
    {
        RequestScene.Services(services);
        services.AddReceipts().AddSmartPay();
        services.Configure<ReceiptsOptions>(options => options.SigningKey = Key);
    }

    private sealed record Scanned(AccountId OfArta, AccountId OfBesa, QrRequestId Request, string Quote)
    {
        public Task<Result<Transfer>> PayAsync(TestBank bank) => bank.Get<PayByQr>().RunAsync(
            new QrPaymentConfirmation(RequestScene.Besa, IdempotencyKey.Of("pay"), "hash", Quote, RequestScene.Phone, false), CancellationToken.None);
    }
}
