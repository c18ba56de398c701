using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public sealed class ListEndpointsFunction(ListEndpoints list, EventTypes types)
{
    [Function("Webhooks_ListEndpoints")]
    [Access(Right.Staff, Roles = [Role.Administrator, Role.Auditor])]
    [Summary("The back office's addresses, and what can be subscribed to.")]
    [Answers<EndpointsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/webhook-endpoints")] HttpRequest request) =>
        TypedResults.Ok(new EndpointsResponse([.. (await list.RunAsync(request.HttpContext.RequestAborted)).Select(EndpointResponse.From)], types.Names));
}
