using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Identification;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class OpenReviewFunction(ReviewCases cases, FindIdentification sessions)
{
    [Function("Onboarding_OpenReview")]
    [Access(Right.Staff, Roles = [Role.Compliance])]
    [Summary("Everything about one application; who looks is recorded.")]
    [Answers<OpenedApplicationResponse>]
    [Refuses<OnboardingNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/onboarding/applications/{applicationId:guid}")] HttpRequest request, Guid applicationId) =>
        cases.OpenAsync(applicationId, request.StaffActor(), request.HttpContext.RequestAborted)
            .Then(async it => (Result<OpenedApplicationResponse>)OpenedApplicationResponse.From(
                it, it.VideoSession is { } session ? await sessions.RunAsync(session, request.HttpContext.RequestAborted) : null))
            .Respond(opened => TypedResults.Ok(opened));
}

/// <param name="PersonalId">As typed; the document's is in the identity.</param>
/// <param name="Hits">Reference numbers on the sanctions list.</param>
/// <param name="Evidence">Names of the pictures.</param>
public sealed record OpenedApplicationResponse(
    Guid ApplicationId, OnboardingState Status, IReadOnlyList<ReviewReason> Reasons, IReadOnlyList<string> Hits, Instant? DecideBy, ReviewProposalResponse? Proposal, string Email,
    string PersonalId, IdentityResponse? Identity, VideoOutcomeResponse? Video, string? Mobile, ResidenceDto? Residence, TaxStatusDto? TaxStatus, QuestionnaireDto? PersonalData,
    string? CustomerNumber, IReadOnlyList<string> Evidence, IReadOnlyList<OnboardingEntryResponse> Timeline)
{
    internal static OpenedApplicationResponse From(OnboardingApplication it, VideoSession? session) => new(
        it.Id, it.State, it.Review?.Reasons ?? [], it.Review?.Hits ?? [], it.Review?.DecideBy, it.Review?.Proposal is { } proposal ? ReviewProposalResponse.From(proposal) : null, it.Email,
        it.PersonalNumber, it.Person is { } person ? IdentityResponse.From(person) : null,
        session?.Result is { } result ? new VideoOutcomeResponse(result.Verdict, result.Reasons, FormattableString.Invariant($"{result.Confidence:0.00}"), result.Liveness) : null, it.Mobile,
        it.Residence is { } residence ? ReviewResponse.ResidenceOf(residence) : null, it.TaxStatus is { } tax ? ReviewResponse.TaxOf(tax) : null,
        it.PersonalData is { } data ? ReviewResponse.DataOf(data) : null, it.Client?.Customer.Value, session?.Result?.Evidence ?? [],
        [.. it.Timeline.Select(entry => new OnboardingEntryResponse(entry.What, entry.By, entry.At, entry.State))]);
}

[Description("What the provider of the video identification says.")]
public sealed record VideoOutcomeResponse(VideoVerdict Result, IReadOnlyList<string> Reasons, [property: Description("0 to 1."), Example("0.62")] string Confidence, bool Liveness);
