using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NodaTime;
using Serverless.Banking.Applications;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.CustomerApprovals;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Webhooks;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Applications;

/// <summary>Every arrow of both drawings in docs/workflows.md is walked: by the customer, the desk, the registry, the ledger or the clock.</summary>
public sealed class ApplicationPathTests
{
    private static readonly CustomerId Arta = CustomerId.Of("100000001");

    [Theory, InlineData(ApplicationProduct.Overdraft), InlineData(ApplicationProduct.CreditCard)]
    public async Task Every_arrow_is_walked_and_every_other_is_impossible(ApplicationProduct product)
    {
        foreach (var (from, next) in ApplicationStates.Next(product))
        {
            foreach (var to in next)
                Assert.Equal((from, to), (from, await WalkAsync(product, from, to)));
            Assert.All(Enum.GetValues<ApplicationState>().Except(next), other =>
                Assert.Throws<InvalidOperationException>(() => new ProductApplication(Guid.NewGuid(), Arta, product, [new ApplicationStep(from, default)]).At(other, default)));
        }
    }

    /// <summary>The customer said yes in time, and the process that was to pass it on was killed.</summary>
    [Fact]
    public async Task An_answer_given_in_time_counts_also_after_the_deadline()
    {
        await using var bank = await TestBank.StartInMemoryAsync(services => Services(services, 30_000), isProbed: false);
        await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.English, null, null, "+355691234567", "I50101123K"), CancellationToken.None);
        var table = bank.Get<ApplicationTable>();
        var draft = bank.Get<ApplicationCourse>().Start(Guid.NewGuid(), Arta, ApplicationProduct.CreditCard) with { CardType = "classic", Requested = Lek(50_000) };
        Assert.Null(await table.AddAsync(draft, CancellationToken.None));
        var record = (await table.FindAsync(draft.Id, CancellationToken.None))!;
        Assert.NotNull(await table.ReplaceAsync(record, Became(record.It, ApplicationState.LowerLimitOffered, bank.Now + Duration.FromDays(15)), CancellationToken.None));
        await bank.Get<AdvanceApplication>().RunAsync(draft.Id, CancellationToken.None);
        var waiting = Assert.Single((await bank.Get<ListApprovals>().RunAsync(Arta, null, null, PageRequest.First, CancellationToken.None)).Items);
        var decided = await bank.Get<DecideApproval>().RunAsync(
            new ApprovalVerdict(Arta, waiting.Id, ApprovalDecision.Approve, 1, null), AuditActor.Customer(Arta, "mobile"), CancellationToken.None);
        Assert.True(decided.IsSuccess);
        bank.Clock.Advance(TimeSpan.FromDays(16));
        Assert.Equal(ApplicationState.Approved, (await bank.Get<AdvanceApplication>().RunAsync(draft.Id, CancellationToken.None))!.State);
    }

    /// <summary>A late workshop is the desk's matter after ten days; a card at the branch is waited for ninety, and its owner reminded after fourteen.</summary>
    [Fact]
    public async Task A_late_order_and_a_card_that_nobody_collects_come_to_the_desk_in_their_time()
    {
        var status = "ordered";
        await using var bank = await TestBank.StartInMemoryAsync(services => Services(services, 30_000, () => status), isProbed: false);
        await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.English, null, null, "+355691234567", "I50101123K"), CancellationToken.None);
        var table = bank.Get<ApplicationTable>();
        var draft = bank.Get<ApplicationCourse>().Start(Guid.NewGuid(), Arta, ApplicationProduct.CreditCard) with
        {
            CardType = "classic",
            Requested = Lek(50_000),
            Settings = new CardSettings(StatementPeriod.EndOfMonth, 25, 50),
            Personal = new PersonalDetails("owner", "married", 1, "arta@example.com", "1101"),
        };
        Assert.Null(await table.AddAsync(draft, CancellationToken.None));
        var record = (await table.FindAsync(draft.Id, CancellationToken.None))!;
        var signed = Became(record.It, ApplicationState.WaitingForSignature, bank.Now + Duration.FromDays(5));
        Assert.NotNull(await table.ReplaceAsync(
            record, signed with { Deadline = null, Card = signed.Card with { SignedAt = bank.Now, ContractHash = new string('0', 64) } }, CancellationToken.None));

        Assert.Equal("followed", await AfterAsync(0));
        Assert.Equal("followed", await AfterAsync(9));
        Assert.Equal("followed late", await AfterAsync(1));
        status = "ready";
        Assert.Equal("followed late ready", await AfterAsync(2));
        Assert.Equal("followed late ready", await AfterAsync(13));
        Assert.Equal("followed late ready reminded", await AfterAsync(1));
        Assert.Equal("followed late ready reminded", await AfterAsync(75));
        Assert.Single(await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None));
        Assert.Equal("over late ready reminded uncollected", await AfterAsync(1));
        Assert.Empty(await bank.Get<ListOpenApplications>().RunAsync(CancellationToken.None));

        // Collected after all: the processor's matter, nobody waits any more.
        status = "collected";
        Assert.Equal("over late ready reminded uncollected", await AfterAsync(1));
        Assert.Equal(ApplicationState.Issued, (await table.FindAsync(draft.Id, CancellationToken.None))!.It.State);

        async Task<string> AfterAsync(int days)
        {
            bank.Clock.Advance(TimeSpan.FromDays(days));
            List<string> told = [(await bank.Get<AdvanceApplication>().RunAsync(draft.Id, CancellationToken.None))!.IsFinal ? "over" : "followed"];
            foreach (var (word, notice) in new[]
            {
                ("late", NoticeId.Of(nameof(NoticeKind.CardOrderTrouble), $"{draft.Id:N}", "late")), ("ready", NoticeId.Of(nameof(NoticeKind.CardReady), $"{draft.Id:N}")),
                ("reminded", NoticeId.Of(nameof(NoticeKind.CardUncollected), $"{draft.Id:N}", "")), ("uncollected", NoticeId.Of(nameof(NoticeKind.CardOrderTrouble), $"{draft.Id:N}", "uncollected")),
            })
            {
                if (await bank.Get<NoticeTable>().FindAsync(notice, CancellationToken.None) is not null)
                    told.Add(word);
            }

            return string.Join(' ', told);
        }
    }

    /// <returns>Where it got to.</returns>
    private static async Task<ApplicationState> WalkAsync(ApplicationProduct product, ApplicationState from, ApplicationState to)
    {
        var verdict = to switch { ApplicationState.Approved => 90_000, ApplicationState.Declined => 0, _ => 30_000 };
        await using var bank = await TestBank.StartInMemoryAsync(services => Services(services, verdict), isProbed: false);
        await bank.Get<SaveContactDetails>().RunAsync(new ContactDetails(Arta, "Arta Hoxha", Language.English, null, null, "+355691234567", "I50101123K"), CancellationToken.None);
        var account = await bank.OpenAccountAsync(Arta.Value, "0.00");
        var (table, advance) = (bank.Get<ApplicationTable>(), bank.Get<AdvanceApplication>());
        var draft = bank.Get<ApplicationCourse>().Start(Guid.NewGuid(), Arta, product) with
        {
            Account = account,
            CardType = "classic",
            Requested = Lek(50_000),
            Settings = new CardSettings(StatementPeriod.EndOfMonth, 25, 50),
            Personal = new PersonalDetails("owner", "married", 1, "arta@example.com", "1101"),
            Work = new WorkDetails("master", "education", "teacher", 24, 60, null, null, null, null),
        };
        Assert.Null(await table.AddAsync(draft, CancellationToken.None));
        var (id, end) = (draft.Id, bank.Now + Duration.FromDays(5));
        var record = (await table.FindAsync(id, CancellationToken.None))!;
        record = (await table.ReplaceAsync(record, Became(record.It, from, end), CancellationToken.None))!;

        switch (from, to)
        {
            case (_, ApplicationState.Withdrawn):
                Assert.True((await bank.Get<WithdrawApplication>().RunAsync(Arta, id, CancellationToken.None)).IsSuccess);
                break;
            case (_, ApplicationState.Expired):
                bank.Clock.Advance(TimeSpan.FromDays(31));
                break;
            case (ApplicationState.Draft, _):
                await table.ChangeAsync(record, it => it.At(ApplicationState.Submitted, bank.Now), CancellationToken.None);
                return ApplicationState.Submitted;
            case (ApplicationState.InReview, _):
                await DecideAsync(bank, id, to switch { ApplicationState.Approved => Lek(50_000), ApplicationState.LowerLimitOffered => Lek(10_000), _ => null });
                return (await table.FindAsync(id, CancellationToken.None))!.It.State;
            case (ApplicationState.LowerLimitOffered, _):
                var offered = await bank.Get<ApplicationTable>().FindAsync(id, CancellationToken.None);
                var approval = new Approval(default, Arta, ApprovalState.Approved, bank.Now, null, bank.Now, null)
                {
                    Document = new ApprovalDocument("Offer", 1, new string('a', 64), LimitOffer.Process, offered!.It.Id.ToString("N")),
                };
                await bank.Services.GetServices<IApprovalProcess>().Single(process => process.Kind == LimitOffer.Process).ResumeAsync(approval, CancellationToken.None);
                return (await table.FindAsync(id, CancellationToken.None))!.It.State;
            case (ApplicationState.Approved, ApplicationState.Declined):
                Assert.True((await bank.Get<ChangeAccountStatus>().RunAsync(account, AccountStatus.Closed, CancellationToken.None)).IsSuccess);
                break;
            case (ApplicationState.Approved, ApplicationState.WaitingForIdentification):
                await table.ChangeAsync(record, it => it with { Card = it.Card with { ContractHash = new string('0', 64) } }, CancellationToken.None);
                Assert.True((await bank.Get<ReadPrivacyPolicy>().RunAsync(Arta, id, ReadPrivacyPolicy.Current, CancellationToken.None)).IsSuccess);
                return (await table.FindAsync(id, CancellationToken.None))!.It.State;
            case (ApplicationState.WaitingForIdentification, _):
                await table.ChangeAsync(record, it => it with { Card = it.Card with { IdentifiedAt = bank.Now, PhoneProvenAt = bank.Now } }, CancellationToken.None);
                break;
            case (ApplicationState.WaitingForSignature, _):
                await table.ChangeAsync(record, it => it with { Deadline = null, Card = it.Card with { SignedAt = bank.Now } }, CancellationToken.None);
                break;
        }

        // Of what happens by itself the next state is looked at, wherever it goes on from there.
        await advance.RunAsync(id, CancellationToken.None);
        Assert.True(to is not (ApplicationState.Withdrawn or ApplicationState.Expired) || await bank.Get<WebhookTable>().FindEventAsync(
            $"evt_{StableGuid.Of("bank event", $"{ApplicationEvents.Family(product)}.{to.ToString().ToLowerInvariant()}", id.ToString("N")):N}", CancellationToken.None) is not null, $"{to} was told to nobody.");
        var timeline = (await table.FindAsync(id, CancellationToken.None))!.It.Timeline;
        var at = timeline.ToList().FindLastIndex(step => step.State == from);
        return timeline[at + 1].State;
    }

    private static ProductApplication Became(ProductApplication it, ApplicationState state, Instant end)
    {
        if (state == ApplicationState.Draft)
            return it;
        var decided = it with { Decision = new ApplicationDecision(state == ApplicationState.LowerLimitOffered ? Lek(10_000) : Lek(50_000), null, "ilir", it.StartedAt, Guid.NewGuid()) };
        var path = new[] { ApplicationState.Submitted, ApplicationState.InReview, ApplicationState.Approved, ApplicationState.WaitingForIdentification, ApplicationState.WaitingForSignature };
        if (state == ApplicationState.LowerLimitOffered)
            return decided.At(path[0], it.StartedAt).At(path[1], it.StartedAt).At(state, it.StartedAt, end);
        var reached = state is ApplicationState.Submitted or ApplicationState.InReview ? it with { Deadline = null } : decided with { Deadline = null };
        foreach (var step in path.TakeWhile(step => step != state).Append(state))
            reached = reached.At(step, it.StartedAt, step == state && state != ApplicationState.Submitted && !(state == ApplicationState.Approved && it.Product == ApplicationProduct.Overdraft) ? end : null);
        return reached;
    }

    private static async Task DecideAsync(TestBank bank, Guid id, Money? limit)
    {
        var proposed = await bank.Get<ProposeDecision>().RunAsync(new DecisionProposal("key", id, limit, "Te ardhura"), AuditActor.Staff("ilir"), CancellationToken.None);
        Assert.True((await bank.Get<DecideProposal>().RunAsync(id, proposed.Value!.Id.Value, ChangeDecision.Approve, null, AuditActor.Staff("mira"), CancellationToken.None)).IsSuccess);
    }

    private static Money Lek(long whole) => Money.OfMinor(whole * 100, Currency.All);

    /// <param name="order">What the processor says of every order; null: as <see cref="ApplicationCrashTests"/> has it.</param>
    private static void Services(IServiceCollection services, long income, Func<string>? order = null)
    {
        ApplicationCrashTests.Services(services);
        services.Configure<PartnersOptions>(options =>
        {
            options.CreditRegistry.BaseUrl = new Uri("http://registry.test/");
            var cards = options.Transport!;
            options.Transport = () => new Registry(income, order is null ? cards() : new Workshop(order));
        });
    }

    private sealed class Workshop(Func<string> order) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => Task.FromResult(
            new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent($$"""{"status":"{{order()}}","maskedCard":null}""", Encoding.UTF8, "application/json") });
    }

    /// <summary>Nothing owed is good, an income of which half is owed leaves it open, and none of which is left is bad.</summary>
    private sealed class Registry(long income, HttpMessageHandler others) : DelegatingHandler(others)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.Host != "registry.test")
                return base.SendAsync(request, cancellationToken);
            var (instalment, days) = income switch { 90_000 => (0, 0), 30_000 => (9_000, 10), _ => (20_000, 200) };
            var earned = Math.Max(income, 20_000);
            var report = $$"""
                {"isKnown":true,"monthlyIncome":{"amount":"{{earned}}.00","currency":"ALL"},"employedSince":null,
                "obligations":[{"outstanding":{"amount":"1.00","currency":"ALL"},"monthlyInstalment":{"amount":"{{instalment}}.00","currency":"ALL"},"daysPastDue":{{days}}}]}
                """;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(report, Encoding.UTF8, "application/json") });
        }
    }
}
