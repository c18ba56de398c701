using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Credentials;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Devices;
using Serverless.Banking.Identification;
using Serverless.Banking.Ledger;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Partners;
using Serverless.Banking.Profile;
using Serverless.Banking.Registrations;
using Serverless.Banking.Tests.Credentials;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Onboarding;

/// <summary>The steps that write in several places, killed at every storage call: customer and account, the end of an application, its erasure.</summary>
public sealed class OnboardingCrashTests
{
    private static readonly Guid Id = Guid.Parse("6c1d3a1e-7d2b-4c8e-9a61-3b7f2d9c4e10");
    private static readonly PersonalNumber Number = PersonalNumber.Find("K05101999W")!.Value;

    /// <summary>Somebody else has the account's key: the last steps fail half-way, and what was begun is taken back.</summary>
    [Fact]
    public async Task A_creation_that_fails_half_way_is_taken_back_wherever_it_is_killed() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<int>(
            async bank =>
            {
                await ArrangeAsync(bank, it => Signed(it));
                var opened = await bank.Get<OpenAccount>().RunAsync(
                    new AccountOpening("branch", RegisterCustomer.Number(Id.ToString("N"), 0), Currency.All, "E degës", IsMain: true), CancellationToken.None);
                Assert.True(opened.IsSuccess);
                return 0;
            },
            (bank, _) => bank.Get<AdvanceApplication>().RunAsync(Id, CancellationToken.None),
            async (bank, _) =>
            {
                var it = (await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None))!.It;
                if (it.State == OnboardingState.ContractPending)
                    return 0;
                var customer = RegisterCustomer.Number(Id.ToString("N"), 0);
                var isTakenBack = it is { State: OnboardingState.IdentityReview, Client: null } && it.Review!.Reasons.SequenceEqual([ReviewReason.CreationFailed])
                    && await bank.Get<FindContactDetails>().RunAsync(customer, CancellationToken.None) is null
                    && await bank.Get<FindCustomerByPersonalNumber>().RunAsync(Number, CancellationToken.None) is null
                    && await bank.Get<FindUser>().RunAsync(customer, CancellationToken.None) is null
                    && await bank.Get<ContractTable>().FindAsync(customer, CancellationToken.None) is null;
                return isTakenBack ? 1 : -1;
            })
        {
            Services = Services,
            Heal = (bank, _) => bank.Get<AdvanceApplication>().RunAsync(Id, CancellationToken.None),
            MayLeave = [new LeftRows("Onboarding review/*", 1, "of a review that was opened a moment later; the next look at the queue takes it away")],
        }), 10, 80);

    [Fact]
    [ProvesCrashSafety(typeof(DecideReview))]
    public async Task A_decision_killed_anywhere_is_made_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<Guid>(
            async bank =>
            {
                await ArrangeAsync(bank, it => bank.Get<OnboardingCourse>().Hold(Signed(it) with { ConfirmedAt = null, Contract = null, Timeline = Seen(it) }, [ReviewReason.ProviderReview], []));
                var proposed = await bank.Get<ProposeReviewDecision>().RunAsync(Id, ReviewDecision.Approve, "E krahasuar", "one", AuditActor.Staff("officer-1"), CancellationToken.None);
                return proposed.Value!.Id.Value;
            },
            (bank, change) => bank.Get<DecideReview>().RunAsync(Id, change, ChangeDecision.Approve, null, AuditActor.Staff("officer-2"), CancellationToken.None),
            async (bank, _) => (await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None))!.It.State switch
            {
                OnboardingState.IdentityReview => 0,
                OnboardingState.Identified => 1,
                _ => -1,
            })
        { Services = Services, Heal = (bank, _) => bank.Get<SettleChanges>().RunAsync(CancellationToken.None) }), 6, 40);

    /// <summary>A code that was used up by a killed signature is asked for once more, as the applicant would.</summary>
    [Fact]
    [ProvesCrashSafety(typeof(SignContract)), ProvesCrashSafety(typeof(AdvanceApplication))]
    public async Task A_signature_killed_anywhere_makes_one_customer() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(string Token, string Code, string Hash)>(
            async bank =>
            {
                await ArrangeAsync(bank, it => Signed(it) is var signed ? signed with { Contract = signed.Contract! with { SignedAt = null, Code = null, Installation = null } } : it);
                var it = (await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None))!.It;
                var token = bank.Get<OnboardingTokens>().Give(it, "installation-000001").Text;
                Assert.True((await bank.Get<ConfirmContract>().RunAsync(token, it.Contract!.Hash, CancellationToken.None)).IsSuccess);
                return (token, await bank.CodeAsync(), it.Contract.Hash);
            },
            async (bank, state) =>
            {
                var signed = await bank.Get<SignContract>().RunAsync(state.Token, state.Code, CancellationToken.None);
                if (!signed.IsSuccess && signed.Error is OtpExpired)
                {
                    Assert.True((await bank.Get<ConfirmContract>().RunAsync(state.Token, state.Hash, CancellationToken.None)).IsSuccess);
                    await bank.Get<SignContract>().RunAsync(state.Token, await bank.CodeAsync(), CancellationToken.None);
                }
            },
            async (bank, _) =>
            {
                var it = (await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None))!.It;
                var customer = RegisterCustomer.Number(Id.ToString("N"), 0);
                var accounts = await bank.Get<ListAccounts>().RunAsync(customer, CancellationToken.None);
                if (it.State == OnboardingState.ContractPending)
                    return accounts.Count <= 1 ? 0 : -1;
                var approvals = await bank.Get<ListApprovals>().RunAsync(customer, null, ApprovalState.Approved, PageRequest.First, CancellationToken.None);
                var isWhole = it.State == OnboardingState.AccountCreated && it.Client!.Customer == customer && accounts.Single().Id.Value == it.Client.Account && approvals.Items.Count == 1
                    && await bank.Get<FindCustomerByPersonalNumber>().RunAsync(Number, CancellationToken.None) == customer
                    && await bank.Get<FindUser>().RunAsync(customer, CancellationToken.None) is not null;
                return isWhole ? 1 : -1;
            })
        {
            Services = Services,
            Heal = (bank, _) => bank.Get<AdvanceApplication>().RunAsync(Id, CancellationToken.None),
            MayLeave = [new LeftRows("Notices shard/due", 1, "of a further code"), new LeftRows("Notices shard/notice Due", 1, "of a further code")],
        }), 20, 90);

    /// <summary>Whoever never heard of the opening asks for another code, and goes on with the application that was opened.</summary>
    [Fact]
    public async Task An_opening_killed_anywhere_makes_one_application_that_can_be_gone_on_with() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(string Challenge, string Code)>(
            async bank =>
            {
                var sent = await bank.Get<SendEmailCode>().RunAsync("drita@example.com", Number.Value, EmailPurpose.Open, Language.English, CancellationToken.None);
                return (sent.Value!.Challenge, await bank.CodeAsync());
            },
            async (bank, state) =>
            {
                var installation = InstallationId.Of("installation-000001");
                var entered = await bank.Get<EnterApplication>().RunAsync(state.Challenge, state.Code, installation, CancellationToken.None);
                if (!entered.IsSuccess)
                {
                    Assert.IsType<OtpExpired>(entered.Error);
                    Assert.True((await bank.Get<SendEmailCode>().AgainAsync(state.Challenge, CancellationToken.None)).IsSuccess);
                    entered = await bank.Get<EnterApplication>().RunAsync(state.Challenge, await bank.CodeAsync(), installation, CancellationToken.None);
                }

                Assert.True((await bank.Get<ShowApplication>().RunAsync(entered.Value!.Token.Text, CancellationToken.None)).IsSuccess);
            },
            async (bank, _) =>
            {
                var table = bank.Get<OnboardingTable>();
                if (await table.FindOfAsync(table.PersonOf(Number), CancellationToken.None) is not { } stored)
                    return 0;
                return stored.It.State == OnboardingState.Started && (await table.FindAsync(stored.It.Id, CancellationToken.None))?.It.Id == stored.It.Id ? 1 : -1;
            })
        {
            Services = Services,
            Heal = (bank, _) => bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None),
            MayLeave =
            [
                new LeftRows("Notices shard/due", 1, "of a further code", Fewer: 1), new LeftRows("Notices shard/notice Due", 1, "of a further code", Fewer: 1),
                new LeftRows("Onboarding open/*", 1, "of an earlier try; it leads to the same application and goes when that is erased"),
            ],
        }), 6, 30);

    [Fact]
    public async Task A_video_session_killed_anywhere_is_begun_once_and_counts_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<string>(
            async bank =>
            {
                await ArrangeAsync(bank, it => it with
                {
                    Timeline = [.. it.Timeline, new OnboardingEntry(OnboardingState.Consented, "consented", OnboardingParty.Applicant, it.OpenedAt)],
                });
                return bank.Get<OnboardingTokens>().Give((await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None))!.It, "installation-000001").Text;
            },
            async (bank, token) =>
            {
                var started = await bank.Get<StartVideo>().RunAsync(token, DocumentType.IdentityCard, false, CancellationToken.None);
                Assert.Equal("https://provider.test/film", started.Value!.Session.CaptureUrl);
            },
            async (bank, _) =>
            {
                var stored = (await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None))!;
                if (stored.It.State == OnboardingState.Consented)
                    return 0;

                // Of two sessions that a person may have one is left.
                Assert.True(await bank.Get<OnboardingTable>().CountVideoAsync(stored.Person, Guid.NewGuid(), bank.Now, bank.Now - Duration.FromDays(30), 2, CancellationToken.None));
                return stored.It is { State: OnboardingState.Identifying, VideoSessions.Count: 1 } ? 1 : -1;
            })
        {
            LooksByActing = true,
            Services = services =>
            {
                Services(services);
                services.Configure<PartnersOptions>(options =>
                {
                    options.VideoIdentification.BaseUrl = new Uri("http://provider.test/");
                    options.Transport = () => new Provider();
                });
            },
        }), 5, 20);

    [Fact]
    public async Task A_confirmed_account_contract_killed_anywhere_lets_the_customer_in_once() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<(string Token, string Hash)>(
            async bank =>
            {
                await ArrangeAsync(bank, Signed);
                await bank.Get<AdvanceApplication>().RunAsync(Id, CancellationToken.None);
                var it = (await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None))!.It;
                var token = bank.Get<OnboardingTokens>().Give(it, "installation-000001").Text;
                Assert.True((await bank.Get<ChoosePassword>().RunAsync(token, CredentialsScene.Password, "/password", CancellationToken.None)).IsSuccess);
                return (token, it.AccountContract!.Hash);
            },
            (bank, state) => bank.Get<ConfirmAccountContract>().RunAsync(state.Token, state.Hash, CancellationToken.None),
            async (bank, _) =>
            {
                var it = (await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None))!.It;
                if (it.State == OnboardingState.AccountCreated)
                    return 0;
                var approvals = await bank.Get<ListApprovals>().RunAsync(it.Client!.Customer, null, ApprovalState.Approved, PageRequest.First, CancellationToken.None);
                var isIn = await bank.Get<UserTable>().FindAsync(it.Client.Customer, CancellationToken.None) is { AwaitsContract: false };
                return it.State == OnboardingState.Completed && isIn && approvals.Items.Count == 2 ? 1 : -1;
            })
        { Services = Services, Heal = (bank, _) => bank.Get<AdvanceApplication>().RunAsync(Id, CancellationToken.None) }), 5, 40);

    /// <summary>The workflow's one activity at the end of thirty days, and the timer ninety days later.</summary>
    [Fact]
    public async Task An_end_and_an_erasure_killed_anywhere_happen_once_and_leave_nothing() => Assert.InRange(
        await CrashHarness.ForEveryStorageCallAsync(new CrashScenario<int>(
            async bank =>
            {
                await ArrangeAsync(bank, it => it);
                bank.Clock.Advance(TimeSpan.FromDays(31));
                return 0;
            },
            async (bank, _) =>
            {
                await bank.Get<AdvanceApplication>().RunAsync(Id, CancellationToken.None);
                await bank.Get<EraseDueApplications>().RunAsync(bank.Now + Duration.FromDays(91), CancellationToken.None);
            },
            async (bank, _) => await bank.Get<OnboardingTable>().FindAsync(Id, CancellationToken.None) is null
                && await bank.Get<OnboardingTable>().FindOfAsync(bank.Get<OnboardingTable>().PersonOf(Number), CancellationToken.None) is null ? 1 : 0)
        {
            Services = Services,
            Heal = async (bank, _) =>
            {
                await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None);
            },
        }), 5, 40);

    /// <summary>Events early, late, twice or for nothing only make the activity look again.</summary>
    [Fact]
    public async Task Looking_again_and_again_changes_and_tells_nothing_more()
    {
        await using var bank = await TestBank.StartInMemoryAsync(Services);
        await ArrangeAsync(bank, it => it);
        var advance = bank.Get<AdvanceApplication>();
        Assert.Null(await advance.RunAsync(Guid.NewGuid(), CancellationToken.None));
        var first = await advance.RunAsync(Id, CancellationToken.None);
        Assert.Equal(first, await advance.RunAsync(Id, CancellationToken.None));
        Assert.Equal([Id], await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None));
        bank.Clock.Advance(TimeSpan.FromDays(31));
        var last = await advance.RunAsync(Id, CancellationToken.None);
        Assert.Equal(new CourseProgress<OnboardingState>(OnboardingState.Expired, true, null), last);
        Assert.Equal(last, await advance.RunAsync(Id, CancellationToken.None));
        Assert.Empty(await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None));
    }

    /// <summary>Names as different alphabets, orders and habits write them.</summary>
    [Theory]
    [InlineData("Viktor Zarkov", "Виктор Зарков", true)]
    [InlineData("Viktor Zarkov", "ZARKOV, Wiktor", true)]
    [InlineData("Viktor Zarkov", "Viktor Ivan Zarkov", true)]
    [InlineData("Leila Al Sahra", "Leila Alsahra", true)]
    [InlineData("Dritan Gjarpri", "Dritan Gjarpëri", true)]
    [InlineData("Dritan Gjarpri", "Dritan Hoxha", false)]
    [InlineData("Viktor Zarkov", "Viktor", false)]
    [InlineData("Viktor Zarkov", "Ana Zarkova Leka", false)]
    public void Names_are_the_same_in_any_spelling(string listed, string name, bool same) => Assert.Equal(same, ListedNames.AreSame(listed, name));

    private static async Task<int> ArrangeAsync(TestBank bank, Func<OnboardingApplication, OnboardingApplication> further)
    {
        var table = bank.Get<OnboardingTable>();
        var now = Instant.FromUnixTimeMilliseconds(bank.Now.ToUnixTimeMilliseconds());
        var it = new OnboardingApplication(
            Id, "drita@example.com", Number.Value, Language.English, 1, [new OnboardingEntry(OnboardingState.Started, "opened", OnboardingParty.Applicant, now)]);
        Assert.True(await table.AddAsync(it, table.PersonOf(Number), CancellationToken.None));
        var stored = (await table.FindAsync(Id, CancellationToken.None))!;
        var after = further(it);
        if (after != it)
            Assert.NotNull(await table.ReplaceAsync(stored, after, null, CancellationToken.None));
        return 0;
    }

    private static OnboardingEntry[] Seen(OnboardingApplication it) =>
        [.. it.Timeline, new OnboardingEntry(OnboardingState.Identifying, "video_started", OnboardingParty.Applicant, it.OpenedAt)];

    private static OnboardingApplication Signed(OnboardingApplication it)
    {
        var at = it.OpenedAt;
        return it with
        {
            Timeline = [.. it.Timeline, new OnboardingEntry(OnboardingState.ContractPending, "contract_prepared", OnboardingParty.Bank, at)],
            Person = new IdentifiedPerson(DocumentType.IdentityCard, "AB1234567", "ALB", Number.Value, "Kola", "Drita", new LocalDate(2000, 1, 1), new LocalDate(2099, 1, 1)),
            Mobile = "+355681234567",
            Residence = new Residence(false, "tirane", "1001", "Rruga e Kavajës 12", "tirane-7", "tirane-7-qender", "1101"),
            TaxStatus = new TaxStatus(false, false, null, null),
            PersonalData = new Questionnaire("bachelor", "economist", "employee", "single", "Agim", "Leka", "AL", "tirane", false, false),
            ConfirmedAt = at,
            DataHash = new string('0', 64),
            Contract = new ContractPaper("KSHBI-1", at, new string('0', 64)) { ConfirmedAt = at, SignedAt = at, Code = "code", Installation = "installation-000001" },
        };
    }

    private static void Services(IServiceCollection services)
    {
        CredentialsScene.AddTo(services);
        services.AddCustomerApprovals().AddProfile().AddIdentification().AddOnboarding();
        services.Configure<CredentialsOptions>(options => options.ResendSeconds = 0);
        services.Configure<IdentificationOptions>(options => options.Key = Key);
    }

    /// <summary>Knows a session by its id, and answers it as often as it is asked for.</summary>
    private sealed class Provider : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.Created)
            {
                Content = new StringContent(
                    """{"status":"open","captureUrl":"https://provider.test/film","expiresAt":"2099-01-01T00:00:00Z"}""", Encoding.UTF8, "application/json"),
            });
    }

    private const string Key = "b25seS1mb3ItdGhpcy1tYWNoaW5lLW5vdC1zZWNyZXQ=";
}
