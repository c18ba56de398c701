using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public sealed class ListDeliveriesFunction(ListEndpoints list)
{
    [Function("Webhooks_ListDeliveries")]
    [Access(Right.Staff, Roles = [Role.Administrator, Role.Auditor])]
    [Paged]
    [Summary("What an address was told, newest first, with every attempt.")]
    [Answers<PageResponse<DeliveryResponse>>]
    [Refuses<EndpointNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/webhook-endpoints/{endpointId:guid}/deliveries")] HttpRequest request, Guid endpointId) =>
        list.DeliveriesAsync(endpointId, request.Page(), request.HttpContext.RequestAborted).RespondPage(request, DeliveryResponse.From);
}
