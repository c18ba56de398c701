using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public sealed class ReplayDeliveryFunction(ReplayDelivery replay)
{
    [Function("Webhooks_ReplayDelivery")]
    [Access(Right.Staff, Roles = [Role.Administrator])]
    [Idempotent]
    [Summary("Tells an address of an event again, under the same id; the list of deliveries says what came of it.")]
    [Answers(202)]
    [Refuses<EndpointNotFound>, Refuses<DeliveryNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/webhook-endpoints/{endpointId:guid}/deliveries/{message}/replay")] HttpRequest request,
        Guid endpointId, string message) =>
        replay.RunAsync(endpointId, message, request.IdempotencyKey().Value, request.StaffActor(), request.HttpContext.RequestAborted)
            .Respond(_ => TypedResults.Accepted((string?)null));
}
