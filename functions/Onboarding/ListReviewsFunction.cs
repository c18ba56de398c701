using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ListReviewsFunction(ReviewCases cases)
{
    [Function("Onboarding_ListReviews")]
    [Access(Right.Staff, Roles = [Role.Compliance])]
    [Paged]
    [Summary("The applications that wait for a decision of compliance, the oldest first.")]
    [Answers<PageResponse<HeldApplicationResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/onboarding/reviews")] HttpRequest request) =>
        cases.ListAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, HeldApplicationResponse.From);
}

/// <param name="DecideBy">Then it is escalated.</param>
public sealed record HeldApplicationResponse(Guid ApplicationId, IReadOnlyList<ReviewReason> Reasons, Instant OpenedAt, Instant DecideBy, ReviewProposalResponse? Proposal)
{
    internal static HeldApplicationResponse From(OnboardingApplication it) =>
        new(it.Id, it.Review!.Reasons, it.Review.OpenedAt, it.Review.DecideBy, it.Review.Proposal is { } proposal ? ReviewProposalResponse.From(proposal) : null);
}

[Description("The first person's word; a second one decides on it.")]
public sealed record ReviewProposalResponse(Guid ChangeId, ReviewDecision Decision, string Reason, string ProposedBy, Instant ProposedAt)
{
    internal static ReviewProposalResponse From(ReviewProposal it) => new(it.Change, it.Decision, it.Reason, it.By, it.At);
}
