using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Audit;
using Serverless.Functions.BackOffice;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class UnlockApplicantFunction(UnlockApplicant unlock)
{
    [Function("Onboarding_UnlockApplicant")]
    [Access(Right.Staff, Roles = [Role.Branch, Role.ContactCentre])]
    [Summary("Proposes to lift the lock of somebody who wants to become a customer and typed wrong codes.",
        Details = "Another member of staff decides (`PUT /api/backoffice/v1/changes/{changeId}/decision`). The proposal and its trail do not name the applicant.")]
    [Body<ApplicantUnlockRequest>, Idempotent]
    [Answers<ChangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<ApplicantNotLocked>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/onboarding/unlocks")] HttpRequest request) =>
        request.ReadBody<ApplicantUnlockRequest>()
            .Then(body => unlock.RunAsync(
                request.IdempotencyKey().Value, body.Email, body.PersonalId, body.IdentifiedBy, body.Reason, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(ChangeResponse.Created);
}

public sealed record ApplicantUnlockRequest(
    [property: MaxLength(100), Description("As the applicant typed it."), Example("drita.kola@example.com")] string Email,
    [property: MaxLength(20), Description("Personal number of the identity card: a letter, eight digits, a letter."), Example("K05101999W")] string PersonalId,
    [property: MaxLength(100), Description("How the officer made sure who asks."), Example("letërnjoftim në degë")] string IdentifiedBy,
    [property: MaxLength(500), Description("Why."), Example("Kodi u shkrua gabim")] string Reason)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(ApplicantUnlockRequest);
}
