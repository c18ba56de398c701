using NodaTime.Text;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;
using Serverless.Banking.Desk;
using Serverless.Banking.Identification;

namespace Serverless.Banking.Onboarding;

/// <summary>The queue of compliance at the desk: held applications to become a customer (ONB-30). One proposes, another confirms.</summary>
internal sealed class ComplianceQueue(
    OnboardingTable table, ReviewCases cases, ProposeReviewDecision propose, DecideReview decide, ListChanges changes, FindIdentification sessions, ReadEvidence evidence)
    : IDeskQueue
{
    public const string QueueName = "compliance";
    public const string CaseKind = "onboarding";

    private static readonly string[] Codes = [.. Enum.GetValues<ReviewDecision>().Select(DeskText.Code)];

    public string Name => QueueName;

    public IReadOnlyList<string> Roles => ["compliance"];

    public async Task<Page<DeskCase>> ListAsync(PageRequest page, CancellationToken cancellation)
    {
        var held = await cases.ListAsync(page, cancellation);
        List<DeskCase> listed = [];
        foreach (var it in held.Items)
            listed.Add(Case(it, await PendingAsync(it, cancellation)));
        return new Page<DeskCase>(listed, held.Next);
    }

    public async Task<DeskFile?> FindAsync(Guid id, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { It: { Review: not null } it } ? await FileAsync(it, cancellation) : null;

    public async Task<Result<DeskFile>> DecideAsync(DeskDecision decision, CancellationToken cancellation)
    {
        if (await table.FindAsync(decision.Case, cancellation) is not { It: { Review: not null } it })
            return new DeskCaseNotFound();
        if (decision.Code is DeskDecision.Confirm or DeskDecision.Refuse)
        {
            if (it.Review.Proposal is not { } proposal)
                return new DeskDecisionUnknown(Codes);
            var verdict = decision.Code == DeskDecision.Confirm ? ChangeDecision.Approve : ChangeDecision.Reject;
            var decided = await decide.RunAsync(it.Id, proposal.Change, verdict, decision.Reason, decision.Actor, cancellation);
            return decided.IsSuccess ? (await FindAsync(it.Id, cancellation))! : decided.Error;
        }

        if (Array.IndexOf(Codes, decision.Code) is not (>= 0 and var index))
            return new DeskDecisionUnknown(Codes);
        if (decision.Reason is not { Length: > 0 and <= DeskDecision.ReasonAtMost } reason)
            return new InvalidInput([new DeskFieldWrong("/reason")]);
        var proposed = await propose.RunAsync(it.Id, Enum.GetValues<ReviewDecision>()[index], reason, decision.Key, decision.Actor, cancellation);
        return proposed.IsSuccess ? (await FindAsync(it.Id, cancellation))! : proposed.Error;
    }

    public async Task<DeskContent?> OpenAsync(Guid id, string document, AuditActor reader, CancellationToken cancellation) =>
        await table.FindAsync(id, cancellation) is { It.VideoSession: { } session }
        && await evidence.RunAsync(session, document, reader, $"onboarding/{id:D}", cancellation) is { IsSuccess: true, Value: { } picture }
            ? new DeskContent(BinaryData.FromBytes(picture.Content), picture.ContentType)
            : null;

    private DeskCase Case(OnboardingApplication it, Change? pending) => new(
        it.Id, Name, CaseKind, string.Join(" ", it.Review!.Reasons.Select(DeskText.Code)), DeskText.Code(it.State), it.Review.OpenedAt,
        it.State == OnboardingState.IdentityReview ? it.Review.DecideBy : null,
        it.IsOver ? null : it.State != OnboardingState.IdentityReview ? DeskWaits.Customer : pending is null ? DeskWaits.Desk : DeskWaits.SecondPerson);

    private async Task<DeskFile> FileAsync(OnboardingApplication it, CancellationToken cancellation)
    {
        var (pending, review) = (await PendingAsync(it, cancellation), it.Review!);
        var session = it.VideoSession is { } id ? await sessions.RunAsync(id, cancellation) : null;
        List<DeskFact> facts = [.. review.Reasons.Select(reason => new DeskFact("review_reason", DeskText.Code(reason), DeskShape.Code)), .. review.Hits.Select(hit => new DeskFact("list_reference", hit))];
        facts.Add(new("personal_number_typed", it.PersonalNumber));
        if (it.Person is { } person)
        {
            facts.AddRange(
            [
                new("name", $"{person.GivenNames} {person.Surname}"), new("personal_number", person.PersonalNumber), new("birth_date", LocalDatePattern.Iso.Format(person.BirthDate), DeskShape.Date),
                new("document_number", person.DocumentNumber), new("document_expires", LocalDatePattern.Iso.Format(person.ExpiresOn), DeskShape.Date),
            ]);
        }

        if (session?.Result is { } result)
            facts.AddRange([new("video_result", DeskText.Code(result.Verdict), DeskShape.Code), new("confidence", FormattableString.Invariant($"{result.Confidence:0.00}"), DeskShape.Number)]);
        if (it.TaxStatus is { TaxCountry: { } country } tax)
            facts.AddRange([new("tax_country", country), new("tax_number", tax.TaxNumber ?? "")]);
        if (review.DecidedBy is { } decider)
            facts.Add(new("decided_by", decider));
        return new DeskFile(
            Case(it, pending), facts, [.. it.Timeline.Select(entry => new DeskEvent(entry.At, entry.What, entry.By == OnboardingParty.Applicant ? DeskWaits.Customer : null))],
            [.. (session?.Result?.Evidence ?? []).Select(name => new DeskDocument(name, name.Replace('-', '_'), "image/png"))], Choices(it, pending),
            pending is null ? null : new DeskProposal(pending.ProposedBy, pending.ProposedAt, DeskText.Code(review.Proposal!.Decision), new Dictionary<string, string>(), pending.Reason));
    }

    private static IReadOnlyList<DeskChoice> Choices(OnboardingApplication it, Change? pending) =>
        it.State != OnboardingState.IdentityReview ? []
        : pending is not null ? [new DeskChoice(DeskDecision.Confirm, []), new DeskChoice(DeskDecision.Refuse, [], NeedsReason: true)]
        : [.. Codes.Select(code => new DeskChoice(code, [], NeedsReason: true, NeedsSecondPerson: true))];

    /// <summary>What waits for a second person.</summary>
    private async Task<Change?> PendingAsync(OnboardingApplication it, CancellationToken cancellation) =>
        it is { State: OnboardingState.IdentityReview, Review.Proposal: { } proposal }
        && await changes.FindAsync(new ChangeId(proposal.Change), cancellation) is { IsSuccess: true, Value: { State: ChangeState.Proposed } waiting }
            ? waiting
            : null;
}
