using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Complaints;
using Serverless.Functions.Http;

namespace Serverless.Functions.Complaints;

public sealed class GetServiceRequestFunction(ListServiceRequests list)
{
    [Function("Complaints_Get")]
    [Access(Right.Info)]
    [Summary("One complaint or suggestion with the bank's messages.")]
    [Answers<ServiceRequestResponse>]
    [Refuses<ServiceRequestNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/requests/{number:length(12)}")] HttpRequest request, string number) =>
        list.FindAsync(request.Customer(), number, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(ServiceRequestResponse.From(found)));
}
