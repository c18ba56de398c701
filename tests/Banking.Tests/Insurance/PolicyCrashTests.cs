using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Insurance;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Insurance;

/// <summary>An insurer that answers late, or never: killed anywhere there is one policy and one debit, or neither, and nothing stays held.</summary>
public sealed class PolicyCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    private static readonly string Hash = new('a', 64);

    [Fact]
    [ProvesCrashSafety(typeof(BuyPolicy)), ProvesCrashSafety(typeof(AdvancePurchase)), ProvesCrashSafety(typeof(HandleInsurerWebhook)), ProvesCrashSafety(typeof(ListOpenPurchases))]
    public async Task A_purchase_killed_anywhere_is_booked_with_its_policy_and_told_of_once_or_not_begun() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId From, string Quote)>(
            ArrangeAsync,
            async (bank, scene) =>
            {
                if (await BuyAsync(bank, scene.Quote) is not { } id)
                    return;
                await bank.Get<AdvancePurchase>().RunAsync(id, CancellationToken.None);
                Assert.True((await bank.Get<HandleInsurerWebhook>().RunAsync(Issued(id), CancellationToken.None)).IsSuccess);
                await bank.Get<AdvancePurchase>().RunAsync(id, CancellationToken.None);
            },
            async (bank, scene) => ((await bank.BalanceAsync(scene.From)).Minor, await HeldAsync(bank, scene.From), await bank.SeeNoticesAsync(), await StateAsync(bank)) switch
            {
                // Not begun; or begun and not confirmed by the insurer, whose word is still to come.
                (100_000, 0, "", null) => 0,
                (100_000, 30_000, "", PurchaseState.Ordered) => 0,
                (70_000, 0, "Push PolicyIssued of 100000001", PurchaseState.Issued) => 1,
                _ => -1,
            })
        {
            Services = services => Services(services, answerWithin: TimeSpan.FromDays(1)),
            Heal = HealAsync,
        }), 20, 45);

    [Fact]
    [ProvesCrashSafety(typeof(AdvancePurchase)), ProvesCrashSafety(typeof(ListOpenPurchases))]
    public async Task A_purchase_that_nobody_answers_and_killed_anywhere_gives_the_money_back_and_calls_the_order_off() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(AccountId From, string Quote)>(
            ArrangeAsync,
            async (bank, scene) =>
            {
                if (await BuyAsync(bank, scene.Quote) is { } id)
                    await bank.Get<AdvancePurchase>().RunAsync(id, CancellationToken.None);
            },
            async (bank, scene) => ((await bank.BalanceAsync(scene.From)).Minor, await HeldAsync(bank, scene.From), await bank.SeeNoticesAsync(), await StateAsync(bank)) switch
            {
                (100_000, 0, "", null) => 0,
                (100_000, 0, "Push PolicyNotIssued of 100000001", PurchaseState.Lapsed) => 1,
                _ => -1,
            })
        {
            Services = services => Services(services, answerWithin: TimeSpan.Zero),
            Heal = HealAsync,
        }), 15, 40);

    private static async Task<(AccountId From, string Quote)> ArrangeAsync(TestBank bank)
    {
        var from = await bank.OpenAccountAsync(Arta.Value, "1000.00");
        var today = bank.Now.InUtc().Date;
        var offers = await bank.Get<FindInsuranceOffers>().RunAsync(Arta, new PersonalAccidentQuestions(PersonalNumber.Find("I50101123K")!.Value, today.PlusDays(2)), CancellationToken.None);
        var quote = await bank.Get<QuotePolicyPurchase>().RunAsync(
            new PurchaseWish(Arta, offers.Value!.Offers[0].Id, from, EmailAddress.Find("arta@example.com"), null, null), CancellationToken.None);
        return (from, quote.Value!.Sealed.Text);
    }

    private static async Task<Guid?> BuyAsync(TestBank bank, string quote)
    {
        var bought = await bank.Get<BuyPolicy>().RunAsync(new PurchaseConfirmation(Arta, IdempotencyKey.Of("one"), "hash", quote, "2026-01"), CancellationToken.None);
        Assert.True(bought.IsSuccess, bought.Error?.Code);
        return bought.Value.Id;
    }

    /// <summary>Twice: what a repeat begins is carried on; then long enough for what nobody has taken.</summary>
    private static async Task HealAsync(TestBank bank, (AccountId From, string Quote) scene)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var open in await bank.Get<ListOpenPurchases>().RunAsync(CancellationToken.None))
            await bank.Get<AdvancePurchase>().RunAsync(open, CancellationToken.None);
    }

    /// <summary>What is held when whoever was killed is surely dead.</summary>
    private static async Task<long> HeldAsync(TestBank bank, AccountId account)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(11));
        await bank.Get<ListOpenPurchases>().RunAsync(CancellationToken.None);
        return (await bank.Get<ReadBook>().RunAsync(account, CancellationToken.None))!.Held.Minor;
    }

    private static async Task<PurchaseState?> StateAsync(TestBank bank) =>
        (await bank.Get<ListPolicies>().RunAsync(Arta, PageRequest.First, CancellationToken.None)).Items.SingleOrDefault()?.State;

    private static PartnerMessage Issued(Guid id) => PartnerMessage.Of("adriatik", "msg_1", JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "policy.issued",
        data = new { purchaseId = id.ToString("N"), status = "issued", policy = new { number = "ADR-1", start = "2027-01-01", end = "2027-12-31", documentHash = Hash } },
    }));

    private static void Services(IServiceCollection services, TimeSpan answerWithin)
    {
        services.AddCustomers().AddInsurance().AddNotifications();
        WorkMessages.AddTo(services);
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.Configure<InsuranceOptions>(options => (options.AnswerDeadline, options.DocumentDeadline, options.OfferLifetime) = (answerWithin, TimeSpan.Zero, TimeSpan.FromHours(2)));
        services.Configure<PartnersOptions>(options =>
        {
            options.Insurers["adriatik"] = new PartnerEndpoint { BaseUrl = new Uri("http://adriatik.test/") };
            options.Transport = () => new StubInsurer();
        });
    }

    /// <summary>Offers everything for ALL 300.00, takes every order, has issued nothing yet, and understands when one is off.</summary>
    private sealed class StubInsurer : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(request.RequestUri!.AbsolutePath switch
        {
            "/offers" => Answer(HttpStatusCode.OK, new { offers = new[] { new { offerId = "o1", premium = new { amount = "300.00", currency = "ALL" }, summary = "All" } } }),
            "/orders" => Answer(HttpStatusCode.Accepted, new { purchaseId = "x", status = "pending" }),
            var path when path.EndsWith("/cancellation", StringComparison.Ordinal) => Answer(HttpStatusCode.OK, new { purchaseId = "x", status = "cancelled" }),
            var path when path.EndsWith("/document", StringComparison.Ordinal) => new HttpResponseMessage(HttpStatusCode.NotFound),
            _ => Answer(HttpStatusCode.OK, new { purchaseId = "x", status = "pending" }),
        });

        private static HttpResponseMessage Answer<T>(HttpStatusCode status, T body) => new(status) { Content = JsonContent.Create(body) };
    }
}
