using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Identification;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ReadEvidenceFunction(ReviewCases cases, ReadEvidence read)
{
    [Function("Onboarding_ReadEvidence")]
    [Access(Right.Staff, Roles = [Role.Compliance])]
    [Summary("A picture of an applicant's last video session; who looks is recorded.")]
    [Answers(200, ContentType = "application/octet-stream")]
    [Refuses<OnboardingNotFound>, Refuses<EvidenceNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/onboarding/applications/{applicationId:guid}/evidence/{name}")] HttpRequest request, Guid applicationId,
        string name) =>
        cases.OpenAsync(applicationId, request.StaffActor(), request.HttpContext.RequestAborted)
            .Then(it => it.VideoSession is { } session && name.Length <= 60
                ? read.RunAsync(session, name, request.StaffActor(), $"onboarding/{applicationId:D}", request.HttpContext.RequestAborted)
                : Task.FromResult<Result<Banking.Documents.DocumentFile>>(new EvidenceNotFound()))
            .Respond(file => TypedResults.File(file.Content, file.ContentType, file.Name));
}
