using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class GetReviewFunction(FindApplications find)
{
    [Function("Applications_GetReview")]
    [Access(Right.Staff, Roles = [Role.Cards])]
    [Summary("One application, with what the score was computed from. Drafts are the applicant's own business.")]
    [Answers<DeskApplicationResponse>]
    [Refuses<ApplicationNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/applications/{applicationId:guid}")] HttpRequest request, Guid applicationId) =>
        find.ForDeskAsync(applicationId, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(DeskApplicationResponse.From(found)));
}
