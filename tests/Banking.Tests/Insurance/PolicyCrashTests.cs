using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.CustomerApprovals;
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
    [ProvesCrashSafety(typeof(BuyPolicy)), ProvesCrashSafety(typeof(ListOpenPurchases))]
    public async Task A_confirmation_killed_anywhere_holds_the_premium_for_one_order_or_for_none() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            bank => ArrangeAsync(bank, isBought: false),
            (bank, scene) => BuyAsync(bank, scene.Quote),
            async (bank, scene) => await LookAsync(bank, scene) switch
            {
                "1000.00 ALL, held 0.00 ALL, , " => 0,
                "1000.00 ALL, held 300.00 ALL, Ordered, " => 1,
                _ => -1,
            })
        {
            LooksByActing = true,
            Services = services => Services(services, answerWithin: TimeSpan.FromDays(1)),
            Heal = HealAsync,
        }), 8, 20);

    [Fact]
    [ProvesCrashSafety(typeof(HandleInsurerWebhook)), ProvesCrashSafety(typeof(AdvancePurchase))]
    public async Task A_policy_that_is_issued_and_the_process_killed_anywhere_is_booked_and_told_of_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            bank => ArrangeAsync(bank, isBought: true),
            async (bank, scene) =>
            {
                Assert.True((await bank.Get<HandleInsurerWebhook>().RunAsync(Issued(scene.Purchase), CancellationToken.None)).IsSuccess);
                await bank.Get<AdvancePurchase>().RunAsync(scene.Purchase, CancellationToken.None);
            },
            async (bank, scene) => await LookAsync(bank, scene) switch
            {
                // The insurer has not been heard; it will say it again.
                "1000.00 ALL, held 300.00 ALL, Ordered, " => 0,
                "700.00 ALL, held 0.00 ALL, Issued, Push PolicyIssued of 100000001" => 1,
                _ => -1,
            })
        {
            Services = services => Services(services, answerWithin: TimeSpan.FromDays(1)),
            Heal = HealAsync,
        }), 10, 30);

    [Fact]
    [ProvesCrashSafety(typeof(AdvancePurchase))]
    public async Task An_order_that_nobody_answers_and_the_process_killed_anywhere_gives_the_money_back_and_is_called_off() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            bank => ArrangeAsync(bank, isBought: true),
            (bank, scene) => bank.Get<AdvancePurchase>().RunAsync(scene.Purchase, CancellationToken.None),
            async (bank, scene) => await LookAsync(bank, scene) == "1000.00 ALL, held 0.00 ALL, Lapsed, Push PolicyNotIssued of 100000001" ? 1 : -1)
        {
            Services = services => Services(services, answerWithin: TimeSpan.Zero),
            Heal = HealAsync,
        }), 6, 20);

    private sealed record Scene(AccountId From, string Quote, Guid Purchase);

    private static async Task<Scene> ArrangeAsync(TestBank bank, bool isBought)
    {
        var from = await bank.OpenAccountAsync(Arta.Value, "1000.00");
        var offers = await bank.Get<FindInsuranceOffers>().RunAsync(
            Arta, new PersonalAccidentQuestions(PersonalNumber.Find("I50101123K")!.Value, bank.Now.InUtc().Date.PlusDays(2)), CancellationToken.None);
        var quote = await bank.Get<QuotePolicyPurchase>().RunAsync(
            new PurchaseWish(Arta, offers.Value!.Offers[0].Id, from, EmailAddress.Find("arta@example.com"), null, null), CancellationToken.None);
        return new Scene(from, quote.Value!.Sealed.Text, isBought ? await BuyAsync(bank, quote.Value.Sealed.Text) : default);
    }

    private static async Task<Guid> BuyAsync(TestBank bank, string quote)
    {
        var bought = await bank.Get<BuyPolicy>().RunAsync(new PurchaseConfirmation(Arta, IdempotencyKey.Of("one"), "hash", quote, "2026-01", "phone-1"), CancellationToken.None);
        Assert.True(bought.IsSuccess, bought.Error?.Code);
        return bought.Value.Id;
    }

    private static async Task HealAsync(TestBank bank, Scene scene)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(2));
        foreach (var open in await bank.Get<ListOpenPurchases>().RunAsync(CancellationToken.None))
            await bank.Get<AdvancePurchase>().RunAsync(open, CancellationToken.None);
    }

    /// <summary>When whoever was killed is surely dead: balance, what is held, the purchase, what was told.</summary>
    private static async Task<string> LookAsync(TestBank bank, Scene scene)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(11));
        await bank.Get<ListOpenPurchases>().RunAsync(CancellationToken.None);
        var book = (await bank.Get<ReadBook>().RunAsync(scene.From, CancellationToken.None))!;
        var purchases = await bank.Get<ListPolicies>().RunAsync(Arta, PageRequest.First, CancellationToken.None);
        return $"{book.Balance.ToDecimalString()} ALL, held {book.Held.ToDecimalString()} ALL, {purchases.Items.SingleOrDefault()?.State}, {await bank.SeeNoticesAsync()}";
    }

    private static PartnerMessage Issued(Guid id) => PartnerMessage.Of("adriatik", "msg_1", JsonSerializer.SerializeToUtf8Bytes(new
    {
        type = "policy.issued",
        data = new { purchaseId = id.ToString("N"), status = "issued", policy = new { number = "ADR-1", start = "2027-01-01", end = "2027-12-31", documentHash = Hash } },
    }));

    private static void Services(IServiceCollection services, TimeSpan answerWithin)
    {
        services.AddCustomers().AddCustomerApprovals().AddInsurance().AddNotifications();
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
