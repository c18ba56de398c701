using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Complaints;
using Serverless.Functions.Http;

namespace Serverless.Functions.Complaints;

public sealed class ListServiceRequestsFunction(ListServiceRequests list)
{
    [Function("Complaints_List")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The customer's complaints and suggestions with the bank's messages, newest first.")]
    [Answers<PageResponse<ServiceRequestResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/requests")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted).RespondPage(request, ServiceRequestResponse.From);
}
