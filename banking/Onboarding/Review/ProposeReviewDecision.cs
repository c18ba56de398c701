using Serverless.Banking.Applications;
using Serverless.Banking.Approvals;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Onboarding;

/// <summary>The first person's word on a held application; nothing is decided by it (ONB-30).</summary>
public sealed class ProposeReviewDecision
{
    private readonly OnboardingTable table;
    private readonly OnboardingCourse course;
    private readonly ProposeChange propose;
    private readonly ListChanges changes;

    internal ProposeReviewDecision(OnboardingTable table, OnboardingCourse course, ProposeChange propose, ListChanges changes) =>
        (this.table, this.course, this.propose, this.changes) = (table, course, propose, changes);

    /// <param name="key">The proposer's idempotency key.</param>
    /// <returns>The change that the second person decides. Or, first match: <see cref="OnboardingNotFound"/>, <see cref="IdempotencyKeyReused"/>, <see cref="ReviewNotOpen"/>,
    /// <see cref="IdentificationExhausted"/> (no video is left to ask for), <see cref="DecisionProposed"/>.</returns>
    public async Task<Result<Change>> RunAsync(Guid id, ReviewDecision decision, string reason, string key, AuditActor officer, CancellationToken cancellation)
    {
        if (await table.FindAsync(id, cancellation) is not { } stored)
            return new OnboardingNotFound();
        if (stored.It.Review?.Proposal is { } other && !(other.By == officer.Id && other.Decision == decision && other.Reason == reason)
            && (await changes.FindAsync(new ChangeId(other.Change), cancellation)) is { IsSuccess: true, Value.State: ChangeState.Proposed })
            return new DecisionProposed(other.Change);
        var proposed = await propose.RunAsync(
            ReviewDecisionChange.ProposalOf(key, id, stored.It.Review?.Number ?? 0, decision, reason), officer, cancellation);
        if (!proposed.IsSuccess)
            return proposed.Error;
        await course.ChangeAsync(
            stored,
            it => it is { State: OnboardingState.IdentityReview, Review: { } review } && review.Proposal?.Change != proposed.Value.Id.Value
                ? it with { Review = review with { Proposal = new ReviewProposal(proposed.Value.Id.Value, decision, reason, officer.Id, proposed.Value.ProposedAt) } }
                : null,
            cancellation);
        return proposed;
    }
}
