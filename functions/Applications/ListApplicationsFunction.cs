using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ListApplicationsFunction(FindApplications find)
{
    [Function("Applications_List")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The caller's applications for cards and overdrafts, newest first.")]
    [Answers<PageResponse<ApplicationResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/applications")] HttpRequest request) =>
        find.ListAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted).RespondPage(request, ApplicationResponse.From);
}
