using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Applications;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ProposeReviewDecisionFunction(ProposeReviewDecision propose)
{
    [Function("Onboarding_ProposeReviewDecision")]
    [Access(Right.Staff, Roles = [Role.Compliance])]
    [Summary("The first person's word on a held application: approve, reject or ask for a new video.", Details = "Somebody else decides on it.")]
    [Body<ReviewDecisionRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<OnboardingNotFound>, Refuses<IdempotencyKeyReused>, Refuses<ReviewNotOpen>, Refuses<IdentificationExhausted>, Refuses<DecisionProposed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/onboarding/applications/{applicationId:guid}/decisions")] HttpRequest request, Guid applicationId) =>
        request.ReadBody<ReviewDecisionRequest>()
            .Then(body => propose.RunAsync(applicationId, body.Decision, body.Reason.Trim(), request.IdempotencyKey().Value, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record ReviewDecisionRequest(ReviewDecision Decision, [property: MinLength(1), MaxLength(500), Example("Dokumenti u krahasua")] string Reason);
