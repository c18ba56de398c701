using Serverless.Banking.Approvals;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Onboarding;

/// <summary>What compliance decides about a held application, once two people have (ONB-30): it goes on, is refused, or needs another video.</summary>
internal sealed class ReviewDecisionChange(OnboardingTable table, OnboardingCourse course, OnboardingContracts contracts) : IChangeHandler
{
    public const string Name = "onboarding_review";

    public string Kind => Name;

    public bool HasOwnDesk => true;

    public static ChangeProposal ProposalOf(string key, Guid application, int review, ReviewDecision decision, string reason) => new(
        key, Name, ResourceOf(application), StoredJson.Write(new Content(application, review, decision)), decision.ToString(), reason);

    public static string ResourceOf(Guid application) => $"onboarding/{application:D}";

    /// <returns>Or, first match: <see cref="OnboardingNotFound"/>, <see cref="ReviewNotOpen"/>, <see cref="IdentificationExhausted"/>.</returns>
    public async Task<Result<string>> DescribeAsync(string content, CancellationToken cancellation)
    {
        var (application, review, decision) = StoredJson.Read<Content>(content);
        if (await table.FindAsync(application, cancellation) is not { It: var it })
            return new OnboardingNotFound();
        return it.State != OnboardingState.IdentityReview || it.Review!.Number != review ? new ReviewNotOpen(it.State)
            : decision == ReviewDecision.NewVideo && (it.VideoSessions.Count >= course.Options.VideoSessions || it.ConfirmedAt is not null) ? new IdentificationExhausted()
            : string.Join(", ", it.Review.Reasons);
    }

    public async Task<Result<string>> ApplyAsync(Change change, CancellationToken cancellation)
    {
        var (application, review, decision) = StoredJson.Read<Content>(change.Content);
        if (await table.FindAsync(application, cancellation) is not { } stored)
            return new OnboardingNotFound();
        stored = await course.ChangeAsync(
            stored, it => it.State == OnboardingState.IdentityReview && it.Review!.Number == review && course.DeadlineOf(it) > course.Now ? Decided(it, decision, change) : null, cancellation);
        var after = stored.It;
        if (after.Review?.Number != review || after.Review.Decision != decision || after.Review.DecidedBy != change.DecidedBy)
            return new ReviewNotOpen(after.State);
        await table.LeaveReviewAsync(after, cancellation);
        await course.TellAsync(after, cancellation);
        return after.State.ToString();
    }

    private OnboardingApplication Decided(OnboardingApplication it, ReviewDecision decision, Change change)
    {
        var held = it with { Review = it.Review! with { Decision = decision, DecidedBy = change.DecidedBy, DecidedAt = course.Now } };
        return decision switch
        {
            ReviewDecision.Reject => held.To(OnboardingState.Rejected, "rejected", OnboardingParty.Bank, course.Now),
            ReviewDecision.NewVideo => held.To(OnboardingState.Consented, "new_video_wanted", OnboardingParty.Bank, course.Now) with { Person = null, VideoEndsAt = null },
            _ when it.Review.Before == OnboardingState.Identifying => held.To(OnboardingState.Identified, "review_passed", OnboardingParty.Bank, course.Now),
            _ => held.To(OnboardingState.ContractPending, "review_passed", OnboardingParty.Bank, course.Now) is var goesOn && goesOn.Contract is null ? contracts.Prepare(goesOn) : goesOn,
        };
    }

    private sealed record Content(Guid Application, int Review, ReviewDecision Decision);
}
