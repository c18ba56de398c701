using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Applications;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Desk;
using Serverless.Banking.Identification;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Tests.Bills.Automation;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Applications;

/// <summary>Killed at any storage call, a limit is set once, a card is ordered once, and a decision is made once.</summary>
public sealed class ApplicationCrashTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");
    private static readonly AuditActor Ilir = AuditActor.Staff("ilir");
    private static readonly AuditActor Mira = AuditActor.Staff("mira");

    /// <summary>By the order's id: how many orders the processor took.</summary>
    private static readonly ConcurrentDictionary<string, int> Orders = new();

    [Fact, ProvesCrashSafety(typeof(GrantOverdraft))]
    public async Task A_grant_killed_anywhere_has_set_the_limit_or_not_and_repeated_takes_nothing_back() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<AccountId>(
            bank => bank.OpenAccountAsync(Arta.Value, "100.00"),
            (bank, account) => bank.Get<GrantOverdraft>().RunAsync(account, Grant, Lek(50_000), CancellationToken.None),
            async (bank, account) =>
            {
                var limit = (await bank.Get<ReadBook>().RunAsync(account, CancellationToken.None))!.OverdraftLimit;
                if (limit == Lek(50_000))
                {
                    // What somebody has said since stays, however often the grant is repeated.
                    await bank.Get<SetOverdraftLimit>().RunAsync(account, Lek(10_000), CancellationToken.None);
                    var again = await bank.Get<GrantOverdraft>().RunAsync(account, Grant, Lek(50_000), CancellationToken.None);
                    Assert.Equal(Lek(10_000), again.Value!.OverdraftLimit);
                }

                return limit == Lek(50_000) ? 1 : limit.Minor == 0 ? 0 : -1;
            })
        { LooksByActing = true }), 3, 6);

    [Fact, ProvesCrashSafety(typeof(AdvanceApplication))]
    public async Task An_approved_overdraft_killed_anywhere_has_its_limit_once_or_not_yet() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(Guid Id, AccountId Account)>(
            async bank =>
            {
                var account = await bank.OpenAccountAsync(Arta.Value, "100.00");
                var id = await WriteAsync(bank, (it, now) => it.At(ApplicationState.Submitted, now).At(ApplicationState.Approved, now) with
                {
                    Account = account,
                    Requested = Lek(50_000),
                    Decision = new ApplicationDecision(Lek(50_000), null, ApplicationDecision.Automatic, now, null),
                });
                return (id, account);
            },
            (bank, scene) => bank.Get<AdvanceApplication>().RunAsync(scene.Id, CancellationToken.None),
            async (bank, scene) =>
            {
                var limit = (await bank.Get<ReadBook>().RunAsync(scene.Account, CancellationToken.None))!.OverdraftLimit;
                var open = (await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None)).Count;
                return (limit.Minor, await StateAsync(bank, scene.Id), open) switch
                {
                    (0, ApplicationState.Approved, 1) => 0,
                    (50_000_00, ApplicationState.Active, 0) => 1,
                    _ => -1,
                };
            })
        { Services = Services, Heal = (bank, scene) => bank.Get<AdvanceApplication>().RunAsync(scene.Id, CancellationToken.None) }), 8, 60);

    [Fact, ProvesCrashSafety(typeof(AdvanceApplication))]
    public async Task A_signed_card_killed_anywhere_is_ordered_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Guid>(
            async bank =>
            {
                await bank.Get<SaveContactDetails>().RunAsync(
                    new ContactDetails(Arta, "Ëngjëll Çela", Language.English, null, null, "+355691234567", "I50101123K"), CancellationToken.None);
                return await WriteAsync(
                    bank,
                    (it, now) => it.At(ApplicationState.Submitted, now).At(ApplicationState.Approved, now).At(ApplicationState.WaitingForIdentification, now)
                        .At(ApplicationState.WaitingForSignature, now) with
                    {
                        CardType = "classic",
                        Requested = Lek(50_000),
                        Settings = new CardSettings(StatementPeriod.EndOfMonth, 25, 50),
                        Personal = new PersonalDetails("owner", "married", 1, "arta@example.com", "1101"),
                        Decision = new ApplicationDecision(Lek(50_000), null, ApplicationDecision.Automatic, now, null),
                        Card = new CardProgress { SignedAt = now, ContractHash = new string('0', 64) },
                    },
                    ApplicationProduct.CreditCard);
            },
            (bank, id) => bank.Get<AdvanceApplication>().RunAsync(id, CancellationToken.None),
            async (bank, id) => (await StateAsync(bank, id), Orders.GetValueOrDefault(id.ToString("N"))) switch
            {
                (ApplicationState.WaitingForSignature, 0) => 0,
                (ApplicationState.Issued, 1) => 1,
                _ => -1,
            })
        { Services = Services, Heal = (bank, id) => bank.Get<AdvanceApplication>().RunAsync(id, CancellationToken.None) }), 6, 60);

    [Fact, ProvesCrashSafety(typeof(DecideChange)), ProvesCrashSafety(typeof(DecideProposal)), ProvesCrashSafety(typeof(DecideCase))]
    public async Task A_decision_of_the_desk_killed_anywhere_is_made_once_or_waits() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(Guid Id, ChangeId Proposal)>(
            async bank =>
            {
                var account = await bank.OpenAccountAsync(Arta.Value, "100.00");
                var id = await WriteAsync(bank, (it, now) => it.At(ApplicationState.Submitted, now).At(ApplicationState.InReview, now, now + Duration.FromDays(30)) with
                {
                    Account = account,
                    Requested = Lek(50_000),
                });
                var proposed = await bank.Get<ProposeDecision>().RunAsync(new DecisionProposal("key", id, Lek(20_000), "Te ardhura"), Ilir, CancellationToken.None);
                return (id, proposed.Value!.Id);
            },
            (bank, scene) => bank.Get<DecideCase>().RunAsync(
                "cards", new DeskDecision(scene.Id, DeskDecision.Confirm, new Dictionary<string, string>(), null, Mira, "confirm"), CancellationToken.None),
            async (bank, scene) => ((await bank.Get<ListChanges>().FindAsync(scene.Proposal, CancellationToken.None)).Value!.State, await StateAsync(bank, scene.Id)) switch
            {
                (ChangeState.Proposed, ApplicationState.InReview) => 0,
                (ChangeState.Applied, ApplicationState.LowerLimitOffered) => 1,
                _ => -1,
            })
        { Services = Services, Heal = (bank, _) => bank.Get<SettleChanges>().RunAsync(CancellationToken.None) }), 6, 30);

    /// <summary>Whatever is looked at again changes and tells nothing more; what was written half is found, and nothing of it is left for long.</summary>
    [Fact]
    public async Task A_start_killed_anywhere_is_completed_by_its_repeat_and_looking_again_changes_nothing()
    {
        await using var bank = await TestBank.StartInMemoryAsync(Services);
        await bank.Get<SaveContactDetails>().RunAsync(
            new ContactDetails(Arta, "Arta Hoxha", Language.English, null, null, "+355691234567", "I50101123K"), CancellationToken.None);
        var wish = new CardWish(Arta, Grant, "classic");
        for (var call = 1; ; call++)
        {
            bank.Storage.KillAt(call, KillMoment.Before);
            try
            {
                await bank.Get<StartCard>().RunAsync(wish, CancellationToken.None);
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

            Assert.Empty(await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None));
        }

        Assert.Equal([Grant], (await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None)).Select(it => it.Id));
        var advance = bank.Get<AdvanceApplication>();
        Assert.Null(await advance.RunAsync(Guid.NewGuid(), CancellationToken.None));
        var first = await advance.RunAsync(Grant, CancellationToken.None);
        Assert.Equal(first, await advance.RunAsync(Grant, CancellationToken.None));
        Assert.True((await bank.Get<WithdrawApplication>().RunAsync(Arta, Grant, CancellationToken.None)).IsSuccess);
        Assert.Equal(new CourseProgress<ApplicationState>(ApplicationState.Withdrawn, true, null), await advance.RunAsync(Grant, CancellationToken.None));
        Assert.Equal(new CourseProgress<ApplicationState>(ApplicationState.Withdrawn, true, null), await advance.RunAsync(Grant, CancellationToken.None));
        Assert.Empty(await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None));
    }

    private static Guid Grant { get; } = Guid.Parse("5f0c3a1e-7d2b-4c8e-9a61-3b7f2d9c4e11");

    private static Money Lek(long whole) => Money.OfMinor(whole * 100, Currency.All);

    private static async Task<ApplicationState> StateAsync(TestBank bank, Guid id) => (await bank.Get<ApplicationTable>().FindAsync(id, CancellationToken.None))!.It.State;

    private static async Task<Guid> WriteAsync(TestBank bank, Func<ProductApplication, Instant, ProductApplication> become, ApplicationProduct product = ApplicationProduct.Overdraft)
    {
        var (table, id) = (bank.Get<ApplicationTable>(), Guid.NewGuid());
        var draft = bank.Get<ApplicationCourse>().Start(id, Arta, product);
        Assert.Null(await table.AddAsync(draft, CancellationToken.None));
        var record = (await table.FindAsync(id, CancellationToken.None))!;
        Assert.NotNull(await table.ReplaceAsync(record, become(draft, draft.StartedAt), CancellationToken.None));
        return id;
    }

    internal static void Services(IServiceCollection services)
    {
        WorkMessages.AddTo(services);
        services.AddPartners().AddApprovals().AddCustomers().AddNotifications().AddCustomerApprovals().AddIdentification().AddApplications().AddDesk();
        services.Configure<NotificationsOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
        services.Configure<IdentificationOptions>(options => options.Key = Convert.ToBase64String(new byte[32]));
        services.Configure<PartnersOptions>(options =>
        {
            options.CardProcessor.BaseUrl = new Uri("http://processor.test/");
            options.Transport = () => new Processor();
        });
    }

    /// <summary>Takes an order once, and knows it when it comes again.</summary>
    private sealed class Processor : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isNew = false;
            if (request.Method == HttpMethod.Post)
            {
                var order = (string)JsonNode.Parse(await request.Content!.ReadAsStringAsync(cancellationToken))!["orderId"]!;
                isNew = Orders.TryAdd(order, 1);
            }

            return new HttpResponseMessage(isNew ? HttpStatusCode.Created : HttpStatusCode.OK)
            {
                Content = new StringContent("""{"status":"ordered","maskedCard":null}""", Encoding.UTF8, "application/json"),
            };
        }
    }
}
