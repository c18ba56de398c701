using System.Globalization;
using Serverless.Banking.Approvals;
using Serverless.Banking.Desk;
using Serverless.Banking.Notifications;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Applications;

/// <summary>The cards desk's queue: applications for cards and overdrafts (PROD-34). One proposes, another confirms.</summary>
internal sealed class CardsQueue(FindApplications find, ProposeDecision propose, DecideProposal decide, ListChanges changes) : IDeskQueue
{
    public const string QueueName = "cards";

    private const string Approve = "approve";
    private const string Decline = "decline";

    public string Name => QueueName;

    public IReadOnlyList<string> Roles => ["cards"];

    public async Task<Page<DeskCase>> ListAsync(PageRequest page, CancellationToken cancellation)
    {
        var waiting = await find.ListReviewAsync(page, cancellation);
        List<DeskCase> cases = [];
        foreach (var it in waiting.Items)
            cases.Add(Case(it, await PendingAsync(it, cancellation)));
        return new Page<DeskCase>(cases, waiting.Next);
    }

    public async Task<DeskFile?> FindAsync(Guid id, CancellationToken cancellation) =>
        await find.ForDeskAsync(id, cancellation) is { IsSuccess: true, Value: { } it } ? await FileAsync(it, cancellation) : null;

    public async Task<Result<DeskFile>> DecideAsync(DeskDecision decision, CancellationToken cancellation)
    {
        if (await find.ForDeskAsync(decision.Case, cancellation) is not { IsSuccess: true, Value: { } it })
            return new DeskCaseNotFound();
        if (decision.Code is DeskDecision.Confirm or DeskDecision.Refuse)
        {
            if (it.Proposal is not { } proposal)
                return new DeskDecisionUnknown([Approve, Decline]);
            var verdict = decision.Code == DeskDecision.Confirm ? ChangeDecision.Approve : ChangeDecision.Reject;
            var decided = await decide.RunAsync(it.Id, proposal, verdict, decision.Reason, decision.Actor, cancellation);
            return decided.IsSuccess ? await FileAsync(decided.Value.Application, cancellation) : decided.Error;
        }

        Money? limit = null;
        if (decision.Code == Approve && (limit = Read(decision.Fields.GetValueOrDefault("limit"))) is null)
            return new InvalidInput([new DeskFieldWrong("/fields/limit")]);
        if (decision.Code is not (Approve or Decline))
            return new DeskDecisionUnknown([Approve, Decline]);
        if (decision.Reason is not { Length: > 0 and <= ApplicationDecision.ReasonAtMost } reason)
            return new InvalidInput([new DeskFieldWrong("/reason")]);
        var proposed = await propose.RunAsync(new DecisionProposal(decision.Key, it.Id, limit, reason), decision.Actor, cancellation);
        return proposed.IsSuccess ? (await FindAsync(it.Id, cancellation))! : proposed.Error;
    }

    private DeskCase Case(ProductApplication it, Change? pending) => new(
        it.Id, Name, ApplicationEvents.Family(it.Product), it.Requested is { } requested ? DeskText.Of(requested) : "", DeskText.Code(it.State), it.SubmittedAt!.Value, it.Deadline,
        it switch
        {
            { IsFinal: true } => null,
            { State: ApplicationState.InReview } => pending is null ? DeskWaits.Desk : DeskWaits.SecondPerson,
            { State: ApplicationState.Submitted } => DeskWaits.Partner,
            _ => DeskWaits.Customer,
        });

    private async Task<DeskFile> FileAsync(ProductApplication it, CancellationToken cancellation)
    {
        var pending = await PendingAsync(it, cancellation);
        List<DeskFact> facts =
        [
            new("customer_number", it.Customer.Value),
            new("product", DeskText.Code(it.Product), DeskShape.Code),
            new("requested_limit", DeskText.Of(it.Requested!), DeskShape.Amount),
        ];
        if (it.CardType is { } type)
            facts.Add(new("card_type", type));
        if (it.Work is { } work)
            facts.AddRange([new("profession", work.Profession, DeskShape.Code), new("months_in_job", Number(work.MonthsInJob), DeskShape.Number)]);
        if (it.Personal is { } personal)
            facts.Add(new("family_members", Number(personal.FamilyMembers), DeskShape.Number));
        if (it.Assessment is { } known)
        {
            if (known.Score is { } score)
                facts.Add(new("score", Number(score), DeskShape.Number));
            if (known.Income is { } income)
                facts.Add(new("income", DeskText.Of(income), DeskShape.Amount));
            if (known.Instalments is { } instalments)
                facts.Add(new("instalments", DeskText.Of(instalments), DeskShape.Amount));
            facts.Add(new("days_past_due", Number(known.DaysPastDue), DeskShape.Number));
            facts.AddRange(known.Remarks.Select(remark => new DeskFact("remark", remark, DeskShape.Code)));
        }

        if (it.Decision is { } decided)
        {
            if (decided.Limit is { } limit)
                facts.Add(new("approved_limit", DeskText.Of(limit), DeskShape.Amount));
            facts.Add(new("decided_by", decided.By));
            if (decided.Reason is { } reason)
                facts.Add(new("reason", reason));
        }

        return new DeskFile(
            Case(it, pending), facts, [.. it.Timeline.Select((step, i) => new DeskEvent(step.At, DeskText.Code(step.State), By(it, i)))], [], Choices(it, pending), Proposal(pending));
    }

    private static IReadOnlyList<DeskChoice> Choices(ProductApplication it, Change? pending) =>
        it.State != ApplicationState.InReview ? []
        : pending is not null ? [new DeskChoice(DeskDecision.Confirm, []), new DeskChoice(DeskDecision.Refuse, [], NeedsReason: true)]
        :
        [
            new DeskChoice(Approve, [new DeskField("limit", DeskShape.Amount, Suggested: DeskText.Of(it.Requested!))], NeedsReason: true, NeedsSecondPerson: true),
            new DeskChoice(Decline, [], NeedsReason: true, NeedsSecondPerson: true),
        ];

    private static DeskProposal? Proposal(Change? pending)
    {
        if (pending is null)
            return null;
        var limit = StoredJson.Read<DecisionChange.Content>(pending.Content).Limit;
        return new DeskProposal(
            pending.ProposedBy, pending.ProposedAt, limit is null ? Decline : Approve,
            limit is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["limit"] = Words.Amount(limit) }, pending.Reason);
    }

    /// <summary>What waits for a second person.</summary>
    private async Task<Change?> PendingAsync(ProductApplication it, CancellationToken cancellation) =>
        it is { State: ApplicationState.InReview, Proposal: { } id } && await changes.FindAsync(new ChangeId(id), cancellation) is { IsSuccess: true, Value: { State: ChangeState.Proposed } waiting }
            ? waiting
            : null;

    private static string? By(ProductApplication it, int step) => it.Timeline[step].State switch
    {
        ApplicationState.Draft or ApplicationState.Submitted or ApplicationState.Withdrawn => DeskWaits.Customer,
        ApplicationState.Approved when it.Timeline[step - 1].State == ApplicationState.LowerLimitOffered => DeskWaits.Customer,
        ApplicationState.Approved or ApplicationState.LowerLimitOffered => it.Decision?.Change is null ? null : it.Decision.By,
        ApplicationState.Declined when it.EndedBy is null => it.Decision?.Change is null ? null : it.Decision.By,
        _ => null,
    };

    private static Money? Read(string? text) =>
        text?.Split(' ') is [var amount, var code] && Currency.Find(code) is { } currency && Money.Find(amount, currency) is { IsPositive: true } limit ? limit : null;

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
