using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class GetApplicationFunction(FindApplications find)
{
    [Function("Applications_Get")]
    [Access(Right.Info)]
    [Summary("One application: what was entered, what has happened, what is awaited, from whom, until when.")]
    [Answers<ApplicationResponse>]
    [Refuses<ApplicationNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/applications/{applicationId:guid}")] HttpRequest request, Guid applicationId) =>
        find.RunAsync(request.Customer(), applicationId, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(ApplicationResponse.From(found)));
}
