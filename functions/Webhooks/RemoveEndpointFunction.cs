using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public sealed class RemoveEndpointFunction(ChangeEndpoint change)
{
    [Function("Webhooks_RemoveEndpoint")]
    [Access(Right.Staff, Roles = [Role.Administrator])]
    [Summary("Removes an address; it is told nothing more.")]
    [Answers(204)]
    [Refuses<EndpointNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "backoffice/v1/webhook-endpoints/{endpointId:guid}")] HttpRequest request, Guid endpointId) =>
        change.RemoveAsync(endpointId, request.StaffActor(), request.HttpContext.RequestAborted).Respond(_ => TypedResults.NoContent());
}
