using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public sealed class RotateSecretFunction(ChangeEndpoint change)
{
    [Function("Webhooks_RotateSecret")]
    [Access(Right.Staff, Roles = [Role.Administrator])]
    [Idempotent]
    [Summary("Gives an address a new secret; the one before signs as well for a while.")]
    [Answers<EndpointSecretResponse>]
    [Refuses<EndpointNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/webhook-endpoints/{endpointId:guid}/secrets")] HttpRequest request, Guid endpointId) =>
        change.RotateAsync(endpointId, request.IdempotencyKey().Value, request.StaffActor(), request.HttpContext.RequestAborted)
            .Respond(made => TypedResults.Ok(EndpointSecretResponse.From(made)));
}
