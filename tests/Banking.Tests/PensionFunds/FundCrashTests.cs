using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.PensionFunds;
using Serverless.Banking.Quotes;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Banking.Transfers;
using Serverless.Testing;

namespace Serverless.Banking.Tests.PensionFunds;

/// <summary>Arta, who has 3000.00 ALL on the 2nd of March 2026, saves 1000.00 for her pension.</summary>
public sealed class FundCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly OrderingDevice Phone = new(IsTrusted: true, "mobile");
    private static readonly LeftRows[] PointerLeft = [new("PensionFundsDue due/*", 1, "A pointer to a date that is not due yet: dropped when it is.")];

    [Fact, ProvesCrashSafety(typeof(ConfirmFundOpening))]
    public async Task A_confirmation_killed_anywhere_is_paid_once_and_submitted_or_nothing_of_it()
    {
        var calls = await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            QuotedAsync,
            async (bank, scene) =>
            {
                var confirmed = await ConfirmAsync(bank, scene);
                await bank.SettleAsync();

                // The sweepers may have given the order up in between: the customer is told so and confirms again.
                if (confirmed.Error is TransferInterrupted)
                    await ConfirmAsync(bank, scene);
                await bank.SettleAsync();
            },
            async (bank, scene) => await SeeAsync(bank, scene) switch
            {
                "Draft ALL 3000.00 " => 0,
                "Submitted ALL 2000.00 " => 1,
                var other => throw new InvalidOperationException(other),
            })
        {
            Services = Services,
            Heal = async (bank, scene) =>
            {
                await WorkAsync(bank, scene);
                await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
                await WorkAsync(bank, scene);
            },
        });
        Assert.InRange(calls, 12, 60);
    }

    [Fact, ProvesCrashSafety(typeof(AdvanceFund)), ProvesCrashSafety(typeof(ReverseJournal))]
    public async Task An_application_that_came_to_nothing_is_paid_back_once_wherever_that_is_killed() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            async bank =>
            {
                var scene = await QuotedAsync(bank);
                await ConfirmAsync(bank, scene);
                await bank.SettleAsync();
                var stored = (await bank.Get<FundTable>().FindAsync(scene.Fund, CancellationToken.None))!;
                await bank.Get<FundTable>().ChangeAsync(stored, it => it.At(FundState.Cancelled, bank.Now) with { EndedBy = FundEndings.Refused }, CancellationToken.None);
                return scene;
            },
            WorkAsync,
            async (bank, scene) =>
            {
                Assert.Equal("Cancelled ALL 3000.00 Opening Returned 1000.00 ALL", await SeeAsync(bank, scene));
                Assert.Equal(
                    "Push PensionApplicationCancelled of 100000001, Push PensionApplicationSubmitted of 100000001, Push PensionContributionReturned of 100000001",
                    await bank.SeeNoticesAsync());
                return 1;
            })
        {
            Services = Services,
            Heal = WorkAsync,
        }), 15, 80);

    [Fact, ProvesCrashSafety(typeof(CollectContribution))]
    public async Task A_collection_killed_anywhere_is_made_once_told_once_and_comes_again_the_next_month() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            ActiveAsync,
            (bank, _) => CollectAsync(bank),
            async (bank, scene) =>
            {
                Assert.Equal("Active ALL 2000.00 Automatic Paid 1000.00 ALL next 2026-04-30 pointers 1", await SeeAsync(bank, scene));
                Assert.Contains("Push FundContributionCollected of 100000001", await bank.SeeNoticesAsync(), StringComparison.Ordinal);
                return 1;
            })
        {
            Services = Services,
            Heal = async (bank, _) =>
            {
                await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
                bank.Clock.Advance(TimeSpan.FromMinutes(10));
                await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
                await CollectAsync(bank);
            },
        }), 15, 70);

    [Fact, ProvesCrashSafety(typeof(ConfirmFundSettings))]
    public async Task A_closing_killed_anywhere_is_saved_once_or_not_at_all() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            async bank =>
            {
                var scene = await ActiveAsync(bank);
                return scene with { Quote = (await bank.Get<QuoteFundSettings>().ToCloseAsync(Arta, scene.Fund, CancellationToken.None)).Value!.Text };
            },
            (bank, scene) => CloseAsync(bank, scene),
            async (bank, scene) => await SeeAsync(bank, scene) == "Active ALL 3000.00  next  pointers 0" ? 1 : 0)
        {
            Services = Services,
            MayLeave = PointerLeft,
            Heal = async (bank, scene) =>
            {
                // Closed, nothing is due any more.
                if ((await bank.Get<FindFunds>().ApplicationAsync(Arta, scene.Fund, CancellationToken.None)).Value!.Authorisation!.State == FundAuthorisationState.Closed)
                    await CollectAsync(bank);
            },
        }), 5, 30);

    [Fact]
    public async Task A_closing_that_finds_a_collection_begun_makes_it_once_and_no_other()
    {
        await using var bank = await TestBank.StartInMemoryAsync(Services);
        var scene = await ActiveAsync(bank);
        scene = scene with { Quote = (await bank.Get<QuoteFundSettings>().ToCloseAsync(Arta, scene.Fund, CancellationToken.None)).Value!.Text };
        await bank.Get<ContributionCourse>().BeginAsync((await bank.Get<FundTable>().FindAsync(Arta, scene.Fund, CancellationToken.None))!, CancellationToken.None);

        await Task.WhenAll(CloseAsync(bank, scene), CollectAsync(bank));
        await CollectAsync(bank);

        Assert.Equal("Active ALL 2000.00 Automatic Paid 1000.00 ALL next  pointers 0", await SeeAsync(bank, scene));
        await bank.ProveAsync();
    }

    [Fact, ProvesCrashSafety(typeof(ConfirmFundContribution))]
    public async Task A_sum_added_and_killed_anywhere_is_paid_once_or_not_at_all() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Scene>(
            async bank =>
            {
                var scene = await ActiveAsync(bank);
                var quote = await bank.Get<QuoteFundContribution>().RunAsync(Arta, scene.Fund, scene.From, Money.OfMinor(1_000_00, Currency.All), CancellationToken.None);
                return scene with { Quote = quote.Value!.Text };
            },
            async (bank, scene) =>
            {
                var paid = await bank.Get<ConfirmFundContribution>().RunAsync(
                    new FundContributionConfirmation(Arta, scene.Fund, IdempotencyKey.Of("add"), "hash", scene.Quote, Phone, EmailDetails: false), CancellationToken.None);
                await bank.SettleAsync();
                Assert.True(paid.IsSuccess || paid.Error is TransferInterrupted, paid.Error?.Code);
            },
            async (bank, scene) => await SeeAsync(bank, scene) switch
            {
                "Active ALL 3000.00  next 2026-03-31 pointers 1" => await IsInterruptedAsync(bank) ? 1 : 0,
                "Active ALL 2000.00 Manual Paid 1000.00 ALL next 2026-03-31 pointers 1" => 1,
                var other => throw new InvalidOperationException(other),
            })
        {
            Services = Services,
            Heal = async (bank, _) =>
            {
                bank.Clock.Advance(TimeSpan.FromMinutes(6));
                await bank.Get<SweepTransfers>().RunAsync(CancellationToken.None);
            },
        }), 8, 40);

    [Fact]
    public void A_payment_day_that_a_month_lacks_is_its_last_and_comes_back_in_the_next_long_one()
    {
        var first = new LocalDate(2027, 1, 31);
        Assert.Equal(new LocalDate(2027, 2, 28), ContributionCalendar.FirstFrom(first, 1, null, new LocalDate(2027, 2, 1)));
        Assert.Equal(new LocalDate(2027, 3, 31), ContributionCalendar.FirstFrom(first, 1, null, new LocalDate(2027, 3, 1)));
        Assert.Equal(new LocalDate(2028, 4, 30), ContributionCalendar.FirstFrom(first, 3, null, new LocalDate(2028, 2, 1)));
        Assert.Equal(first, ContributionCalendar.FirstFrom(first, 3, null, new LocalDate(2026, 12, 1)));
        Assert.Null(ContributionCalendar.FirstFrom(first, 1, new LocalDate(2027, 2, 27), new LocalDate(2027, 2, 1)));
    }

    private static Task<Result<PrivateFund>> ConfirmAsync(TestBank bank, Scene scene) => bank.Get<ConfirmFundOpening>().RunAsync(
        new FundOpeningConfirmation(Arta, scene.Fund, IdempotencyKey.Of("confirm"), "hash", scene.Quote, PensionPlans.ContractVersion, Phone, "phone-1", Language.English), CancellationToken.None);

    private static async Task CloseAsync(TestBank bank, Scene scene)
    {
        Result<PrivateFund> closed;
        do
        {
            closed = await bank.Get<ConfirmFundSettings>().CloseAsync(
                new FundSettingsConfirmation(Arta, scene.Fund, IdempotencyKey.Of("close"), "hash", scene.Quote, null), CancellationToken.None);
            await bank.SettleAsync();
        }
        while (closed.Error is FundBusy);
    }

    /// <summary>The workflow, minutes later.</summary>
    private static async Task WorkAsync(TestBank bank, Scene scene)
    {
        bank.Clock.Advance(TimeSpan.FromMinutes(6));
        await bank.Get<AdvanceFund>().RunAsync(scene.Fund, CancellationToken.None);
        await bank.SettleAsync();
    }

    /// <summary>The timer and the messages it sends.</summary>
    private static async Task CollectAsync(TestBank bank)
    {
        await bank.Get<CollectDueContributions>().RunAsync(bank.Now, CancellationToken.None);
        foreach (var due in bank.Get<WorkMessages>().Take<ContributionToCollect>(Banking.Messages.WorkQueues.PensionContributions))
            await bank.Get<CollectContribution>().RunAsync(due, CancellationToken.None);
        await bank.SettleAsync();
    }

    private static async Task<Scene> DraftAsync(TestBank bank, FundPaymentMode mode)
    {
        await bank.Get<SaveContactDetails>().RunAsync(
            new ContactDetails(Arta, "Arta Hoxha", Language.English, "push", null, "+355691000001", "I50101123K"), CancellationToken.None);
        var from = await bank.OpenAccountAsync(Arta.Value, "3000.00");
        var payment = mode == FundPaymentMode.OneTime
            ? new FundPayment(mode, from, Money.OfMinor(1_000_00, Currency.All), null, null, null)
            : new FundPayment(mode, from, Money.OfMinor(1_000_00, Currency.All), 1, new LocalDate(2026, 3, 31), null);
        var draft = new PrivateFund(Guid.Parse("0b6ce3f0-0e52-4e3d-9d5b-6b1f2c1d0301"), Arta, [new FundStep(FundState.Draft, bank.Now)])
        {
            Plan = "raja-balanced",
            Description = "Pensioni im",
            AcceptedTerms = PensionPlans.TermsVersion,
            Payment = payment,
        };
        await bank.Get<FundTable>().AddAsync(draft, "hash", CancellationToken.None);
        return new Scene(from, draft.Id, "");
    }

    private static async Task<Scene> QuotedAsync(TestBank bank)
    {
        var scene = await DraftAsync(bank, FundPaymentMode.OneTime);
        return scene with { Quote = (await bank.Get<QuoteFundOpening>().RunAsync(Arta, scene.Fund, CancellationToken.None)).Value!.Text };
    }

    /// <summary>The contract is signed, and the first contribution due.</summary>
    private static async Task<Scene> ActiveAsync(TestBank bank)
    {
        var scene = await DraftAsync(bank, FundPaymentMode.Periodic);
        var stored = (await bank.Get<FundTable>().FindAsync(scene.Fund, CancellationToken.None))!;
        await bank.Get<FundTable>().ChangeAsync(
            stored, it => bank.Get<FundCourse>().Activate(it.At(FundState.Submitted, bank.Now), "RP-1", new LocalDate(2026, 3, 3)), CancellationToken.None);
        bank.Clock.Advance(ContributionCalendar.RunAt(new LocalDate(2026, 3, 31)).ToDateTimeOffset() - bank.Clock.GetUtcNow());
        return scene;
    }

    /// <summary><c>Active ALL 2000.00 Automatic Paid 1000.00 ALL next 2026-04-30 pointers 1</c>.</summary>
    private static async Task<string> SeeAsync(TestBank bank, Scene scene)
    {
        await bank.SettleAsync();
        var it = (await bank.Get<FindFunds>().ApplicationAsync(Arta, scene.Fund, CancellationToken.None)).Value!;
        var contributions = (await bank.Get<FundTable>().ContributionsAsync(Arta, scene.Fund, CancellationToken.None)).Select(one => $"{one.Kind} {one.State} {Words.Amount(one.Amount)}");
        var seen = $"{it.State} {await bank.BalanceAsync(scene.From)} {string.Join(", ", contributions)}";
        if (it.Authorisation is not { } authorisation)
            return seen;
        var pointers = 0;
        await foreach (var _ in bank.Get<FundTable>().DueAsync(Instant.FromUtc(2999, 1, 1, 0, 0), CancellationToken.None))
            pointers++;
        return $"{seen} next {authorisation.Next?.DueOn:uuuu-MM-dd} pointers {pointers}";
    }

    private static async Task<bool> IsInterruptedAsync(TestBank bank) =>
        (await bank.Get<ListTransfers>().RunAsync(Arta, PageRequest.First, CancellationToken.None)).Items is [{ State: TransferState.Rejected, Failure: TransferInterrupted }];

    private static void Services(IServiceCollection services)
    {
        services.AddCustomers().AddNotifications().AddTransferServices().AddPartners().AddCustomerApprovals().AddPensionFunds();
        WorkMessages.AddTo(services);
        services.Configure<QuotesOptions>(options => (options.Key, options.Lifetime) = (Convert.ToBase64String(new byte[32]), TimeSpan.FromHours(1)));
        services.Configure<PartnersOptions>(options =>
        {
            (options.Pensions.BaseUrl, options.Pensions.Retries) = (new Uri("http://pensions.test/"), 0);
            options.Transport = () => new StubCompany();
        });
    }

    private sealed record Scene(AccountId From, Guid Fund, string Quote);

    /// <summary>Takes contributions; what else it is asked it does not answer now.</summary>
    private sealed class StubCompany : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage(request.RequestUri!.AbsolutePath.EndsWith("contributions", StringComparison.Ordinal) ? HttpStatusCode.Created : HttpStatusCode.ServiceUnavailable)
            {
                Content = JsonContent.Create(new { }),
            });
    }
}
