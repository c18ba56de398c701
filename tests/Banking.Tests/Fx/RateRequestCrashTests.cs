using Serverless.Banking.Audit;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Fx;

public sealed class RateRequestCrashTests
{
    private static readonly CustomerId Arta = ExchangeCrashTests.Arta;
    private static readonly Guid Id = Guid.Parse("5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10");

    [Fact]
    [ProvesCrashSafety(typeof(CompleteRateRequest))]
    public async Task A_completion_killed_anywhere_has_exchanged_once_or_left_the_request_confirmed() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            bank => ArrangeAsync(bank, confirmed: true),
            (bank, scene) => bank.Get<CompleteRateRequest>().RunAsync(
                new CompletionConfirmation(Arta, Id, IdempotencyKey.Of("one"), "hash", scene.Quote!), CancellationToken.None),
            async (bank, scene) => (await MoneyAsync(bank, scene), (await FindAsync(bank)).State) switch
            {
                ("0 1000000", RateRequestState.Confirmed) => 0,
                ("97900000 0", RateRequestState.Completed) => 1,
                _ => -1,
            })
        { Services = ExchangeCrashTests.Services, Heal = (bank, _) => bank.Get<AdvanceRateRequest>().RunAsync(Id, CancellationToken.None) }), 6, 40);

    [Fact]
    [ProvesCrashSafety(typeof(CancelRateRequest))]
    public async Task A_cancellation_killed_anywhere_has_cancelled_or_not() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            async bank =>
            {
                // A completion was begun and its process was killed before its debit: who cancels has to make sure that it will not be booked.
                var scene = await ArrangeAsync(bank, confirmed: true);
                var record = (await bank.Get<RateRequestTable>().FindAsync(Id, CancellationToken.None))!;
                var completion = new RateCompletion(1, record.It.Amount, record.It.Amount, Money.OfMinor(97900000, Currency.All), "key", "hash", bank.Now);
                Assert.NotNull(await bank.Get<RateRequestTable>().ReplaceAsync(record, record.It with { Completion = completion }, CancellationToken.None));
                return scene;
            },
            (bank, _) => bank.Get<CancelRateRequest>().RunAsync(Arta, Id, CancellationToken.None),
            async (bank, scene) => (await MoneyAsync(bank, scene), (await FindAsync(bank)).State) switch
            {
                ("0 1000000", RateRequestState.Confirmed) => 0,
                ("0 1000000", RateRequestState.Cancelled) => 1,
                _ => -1,
            })
        { Services = ExchangeCrashTests.Services }), 3, 20);

    /// <summary>The workflow's one activity: killed, and run again, it expires once and tells once.</summary>
    [Fact]
    [ProvesCrashSafety(typeof(AdvanceRateRequest))]
    public async Task An_expiry_killed_anywhere_happens_and_is_told_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            async bank =>
            {
                var scene = await ArrangeAsync(bank, confirmed: true);
                bank.Clock.Advance(TimeSpan.FromMinutes(31));
                return scene;
            },
            (bank, _) => bank.Get<AdvanceRateRequest>().RunAsync(Id, CancellationToken.None),
            async (bank, scene) => (await MoneyAsync(bank, scene), (await FindAsync(bank)).State) switch
            {
                ("0 1000000", RateRequestState.Confirmed) => 0,
                ("0 1000000", RateRequestState.Expired) => 1,
                _ => -1,
            })
        { Services = ExchangeCrashTests.Services, Heal = (bank, _) => bank.Get<AdvanceRateRequest>().RunAsync(Id, CancellationToken.None) }), 4, 40);

    /// <summary>Events may come before anything has happened, twice, late, or for nothing: each only makes the activity look again.</summary>
    [Fact]
    public async Task Looking_again_and_again_changes_and_tells_nothing_more()
    {
        await using var bank = await TestBank.StartInMemoryAsync(ExchangeCrashTests.Services);
        await ArrangeAsync(bank, confirmed: false);
        var advance = bank.Get<AdvanceRateRequest>();
        Assert.Null(await advance.RunAsync(Guid.NewGuid(), CancellationToken.None));
        var first = await advance.RunAsync(Id, CancellationToken.None);
        Assert.Equal(first, await advance.RunAsync(Id, CancellationToken.None));
        Assert.Equal(RateRequestState.Submitted, first!.State);

        Assert.True((await bank.Get<CancelRateRequest>().RunAsync(Arta, Id, CancellationToken.None)).IsSuccess);
        var last = await advance.RunAsync(Id, CancellationToken.None);
        Assert.Equal(new CourseProgress<RateRequestState>(RateRequestState.Cancelled, true, null), last);
        Assert.Equal(last, await advance.RunAsync(Id, CancellationToken.None));
        Assert.Empty(await bank.Get<ListOpenRateRequests>().RunAsync(CancellationToken.None));
    }

    /// <summary>A queue's row whose request was never written goes after some minutes, and not before.</summary>
    [Fact]
    public async Task A_submission_killed_before_its_request_leaves_nothing_for_long_and_its_repeat_completes_it()
    {
        await using var bank = await TestBank.StartInMemoryAsync(ExchangeCrashTests.Services);
        await ExchangeCrashTests.PublishAsync(bank);
        var (from, to) = (await bank.OpenAccountAsync(Arta.Value, "10000.00 EUR"), await bank.OpenAccountAsync(Arta.Value, "0.00"));
        var quote = (await bank.Get<QuoteExchange>().RunAsync(
            new ExchangeWish(Arta, FxOperation.Sell, from, to, Money.OfMinor(10_000_00, Currency.Eur), null), CancellationToken.None)).Value!.Text;
        var wish = new RateRequestWish(Arta, Id, quote);
        for (var call = 1; ; call++)
        {
            bank.Storage.KillAt(call, KillMoment.Before);
            try
            {
                await bank.Get<SubmitRateRequest>().RunAsync(wish, CancellationToken.None);
                break;
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.InRange(call, 1, 20);
            }
            finally
            {
                bank.Storage.Reset();
            }

            Assert.Empty(await bank.Get<ListOpenRateRequests>().RunAsync(CancellationToken.None));
        }

        Assert.Equal([Id], await bank.Get<ListOpenRateRequests>().RunAsync(CancellationToken.None));
        Assert.Equal(Id, Assert.Single((await bank.Get<FindRateRequests>().ListOpenAsync(PageRequest.First, CancellationToken.None)).Items).Id);
    }

    private static async Task<Scene> ArrangeAsync(TestBank bank, bool confirmed)
    {
        await ExchangeCrashTests.PublishAsync(bank);
        var (from, to) = (await bank.OpenAccountAsync(Arta.Value, "10000.00 EUR"), await bank.OpenAccountAsync(Arta.Value, "0.00"));
        var quote = await bank.Get<QuoteExchange>().RunAsync(
            new ExchangeWish(Arta, FxOperation.Sell, from, to, Money.OfMinor(10_000_00, Currency.Eur), null), CancellationToken.None);
        Assert.True((await bank.Get<SubmitRateRequest>().RunAsync(new RateRequestWish(Arta, Id, quote.Value!.Text), CancellationToken.None)).IsSuccess);
        if (!confirmed)
            return new Scene(from, to, null);
        var decided = await bank.Get<DecideRateRequest>().RunAsync(Id, new RateDecision(97.90m, null, null), AuditActor.Staff("dealer"), CancellationToken.None);
        Assert.True(decided.IsSuccess, $"{decided.Error}");
        return new Scene(from, to, (await bank.Get<QuoteCompletion>().RunAsync(Arta, Id, null, CancellationToken.None)).Value!.Text);
    }

    private static async Task<string> MoneyAsync(TestBank bank, Scene scene) =>
        FormattableString.Invariant($"{(await bank.BalanceAsync(scene.To)).Minor} {(await bank.BalanceAsync(scene.From)).Minor}");

    private static async Task<RateRequest> FindAsync(TestBank bank) => (await bank.Get<RateRequestTable>().FindAsync(Id, CancellationToken.None))!.It;

    private sealed record Scene(AccountId From, AccountId To, string? Quote);
}
