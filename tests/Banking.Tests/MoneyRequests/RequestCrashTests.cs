using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Transfers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.MoneyRequests;

public sealed class RequestCrashTests
{
    private static readonly LeftRows[] PointerLeft =
        [new("MoneyRequestsDue due/*", 1, "A pointer to a reminder that will not be sent: dropped when it is due.")];

    [Fact, ProvesCrashSafety(typeof(PayMoneyRequest))]
    public async Task A_payment_killed_anywhere_is_made_once_or_not_at_all_and_the_request_says_which()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<RequestScene>(
            RequestScene.ArrangeAsync,
            async (bank, scene) =>
            {
                var paid = await scene.PayAsync(bank);
                await RequestScene.SettleAsync(bank);

                // The sweepers may have given the order up in between: the payer is told so and pays again.
                if (paid.Error is TransferInterrupted)
                    await scene.PayAsync(bank);
                await RequestScene.SettleAsync(bank);
            },
            CheckAsync)
        {
            Services = RequestScene.Services,
            MayLeave = PointerLeft,
            Heal = async (bank, _) =>
            {
                // As their times are: requests look after their payments before transfers are given up.
                await RequestScene.AdvanceAsync(bank);
                await RequestScene.SweepTransfersAsync(bank);
                await RequestScene.AdvanceAsync(bank);
            },
        });
        Assert.InRange(calls, 12, 45);
    }

    [Fact, ProvesCrashSafety(typeof(AdvanceMoneyRequest))]
    public async Task A_killed_payment_is_carried_through_by_the_timer_once_wherever_that_is_killed()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<RequestScene>(
            async bank =>
            {
                var scene = await RequestScene.ArrangeAsync(bank);
                var table = bank.Get<MoneyRequestTable>();
                var stored = (await table.FindAsync(RequestScene.Arta, scene.Request, CancellationToken.None))!;
                var terms = bank.Get<Banking.Quotes.SealedQuotes>()
                    .Open<QuotedRequestPayment>(RequestScene.Besa, QuoteRequestPayment.Purpose, scene.Quote).Value!.Content.Terms;
                var order = MoneyRequestKeys.OrderOf(RequestScene.Besa, IdempotencyKey.Of("pay"));
                await table.ChangeAsync(stored, stored.It with { Payment = new RequestPayment(1, order, terms, RequestScene.Phone, bank.Now) }, CancellationToken.None);
                return scene;
            },
            async (bank, scene) =>
            {
                var it = (await bank.Get<MoneyRequestTable>().FindAsync(RequestScene.Arta, scene.Request, CancellationToken.None))!.It;
                bank.Clock.Advance(TimeSpan.FromMinutes(3));
                foreach (var pointer in bank.Get<MoneyRequestTable>().PointersOf(it))
                    await bank.Get<AdvanceMoneyRequest>().RunAsync(MoneyRequestDue.Of(pointer), CancellationToken.None);
                await RequestScene.SettleAsync(bank);

                // When the transfer was given up in between, the payer pays again.
                if ((await bank.Get<MoneyRequestTable>().FindAsync(RequestScene.Arta, scene.Request, CancellationToken.None))!.It is { State: MoneyRequestState.Open, Payment: null })
                    await scene.PayAsync(bank);
                await RequestScene.SettleAsync(bank);
            },
            CheckAsync)
        {
            Services = RequestScene.Services,
            MayLeave = PointerLeft,
            Heal = async (bank, _) =>
            {
                // As their times are: requests look after their payments before transfers are given up.
                await RequestScene.AdvanceAsync(bank);
                await RequestScene.SweepTransfersAsync(bank);
                await RequestScene.AdvanceAsync(bank);
            },
        });
        Assert.InRange(calls, 10, 45);
    }

    [Fact]
    public async Task A_split_killed_anywhere_asks_everybody_once_or_nobody()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            async bank =>
            {
                var (_, _) = await RequestScene.RegisterAsync(bank);
                var account = await bank.OpenAccountAsync(RequestScene.Arta.Value, "100.00");
                var spent = new TransactionId(StableGuid.Of("dinner"));
                await bank.Get<PostJournal>().RunAsync(
                    new Journal(
                        spent, "card_payment",
                        [Leg.Debit(account, Money.OfMinor(9_000, Currency.All)), Leg.Credit(BankAccount.Cash(Currency.All), Money.OfMinor(9_000, Currency.All))],
                        "Darka", new NodaTime.LocalDate(2026, 3, 2), "dinner"),
                    CancellationToken.None);
                SplitParticipant[] others = [new(await RequestScene.KnowAsync(bank, RequestScene.Besa), null), new(await RequestScene.KnowAsync(bank, RequestScene.Genti), null)];
                var quote = await bank.Get<QuoteSplit>().RunAsync(
                    RequestScene.Arta, new SplitPlan(account, spent, others, IncludeRequester: true, OwnAmount: null), "Bashke", isLocked: true, CancellationToken.None);
                return quote.Value!.Text;
            },
            async (bank, quote) =>
            {
                var sent = await bank.Get<SendSplit>().RunAsync(new QuoteConfirmation(RequestScene.Arta, IdempotencyKey.Of("split"), "hash", quote), CancellationToken.None);
                Assert.True(sent.IsSuccess, sent.Error?.Code);
            },
            async (bank, _) =>
            {
                var sent = (await ListAsync(bank, RequestScene.Arta)).Count;
                Assert.Equal(sent / 2, (await ListAsync(bank, RequestScene.Besa)).Count);
                Assert.Equal(sent / 2, (await ListAsync(bank, RequestScene.Genti)).Count);
                Assert.Equal(sent / 2, await bank.Get<CountReceivedRequests>().RunAsync(RequestScene.Besa, CancellationToken.None));
                Assert.Equal(sent, await RequestScene.CountPointersAsync(bank));
                Assert.Equal(string.Join(", ", sent == 0 ? [] : new[] { "Push MoneyRequested of 100000002", "Push MoneyRequested of 100000003" }), await bank.SeeNoticesAsync());
                return sent switch { 0 => 0, 2 => 1, _ => -1 };
            })
        {
            Services = RequestScene.Services,
            Heal = async (bank, _) =>
            {
                // Twice: a pointer whose order never came is dropped only when nobody can be about to write it.
                await RequestScene.AdvanceAsync(bank);
                bank.Clock.Advance(TimeSpan.FromMinutes(5));
                await RequestScene.AdvanceAsync(bank);
            },
        });
        Assert.InRange(calls, 10, 40);
    }

    private static async Task<IReadOnlyList<SeenRequest>> ListAsync(TestBank bank, CustomerId customer) =>
        (await bank.Get<ListMoneyRequests>().RunAsync(customer, null, null, PageRequest.First, CancellationToken.None)).Items;

    private static async Task<int> CheckAsync(TestBank bank, RequestScene scene)
    {
        await RequestScene.SettleAsync(bank);
        var it = (await bank.Get<MoneyRequestTable>().FindAsync(RequestScene.Arta, scene.Request, CancellationToken.None))!.It;
        var received = (await bank.BalanceAsync(scene.OfArta)).Minor;
        Assert.Contains(received, new long[] { 0, 12_050 });
        Assert.Equal(20_000 - received, (await bank.BalanceAsync(scene.OfBesa)).Minor);
        Assert.Null(it.State == MoneyRequestState.Open ? it.Payment : null);
        Assert.Equal(received > 0 ? MoneyRequestState.Paid : MoneyRequestState.Open, it.State);
        Assert.Equal(received > 0 ? 0 : 1, await bank.Get<CountReceivedRequests>().RunAsync(RequestScene.Besa, CancellationToken.None));
        if (received > 0)
        {
            Assert.Null(it.Next);
            Assert.Contains("Push MoneyRequestPaid of 100000001", await bank.SeeNoticesAsync(), StringComparison.Ordinal);
            var transfer = await bank.Get<FindTransfer>().RunAsync(RequestScene.Besa, it.Transfer!.Value, CancellationToken.None);
            Assert.Equal(TransferState.Settled, transfer.Value!.Transfer.State);
        }

        return received > 0 ? 1 : 0;
    }
}
