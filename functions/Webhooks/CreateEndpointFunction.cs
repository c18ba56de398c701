using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public sealed class CreateEndpointFunction(CreateEndpoint create)
{
    [Function("Webhooks_CreateEndpoint")]
    [Access(Right.Staff, Roles = [Role.Administrator])]
    [Idempotent]
    [Summary("Subscribes an address of a back office to events; the answer has its secret, once.",
        Details = "Messages are signed as Standard Webhooks are. An address is https and public, unless the bank's settings allow others; what its name stands for is judged again at every try.")]
    [Body<CreateEndpointRequest>]
    [Answers<EndpointSecretResponse>(201)]
    [Refuses<EndpointAddressNotAllowed>, Refuses<EventTypeUnknown>, Refuses<IdempotencyKeyReused>, Refuses<TooManyEndpoints>, Refuses<EndpointNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/webhook-endpoints")] HttpRequest request) =>
        request.ReadBody<CreateEndpointRequest>()
            .Then(body => body.ToOrder(request.IdempotencyKey()))
            .Then(order => create.RunAsync(order, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(made => TypedResults.Created($"/api/backoffice/v1/webhook-endpoints/{made.Endpoint.Id:D}", EndpointSecretResponse.From(made)));
}

public sealed record CreateEndpointRequest(
    [property: MaxLength(500), Example("https://desk.example.com/bank-events")] string Address,
    [property: MinLength(1), MaxLength(50), Description("A type, a family's `*`, or `*`.")] IReadOnlyList<string> EventTypes,
    [property: MaxLength(200), Example("Tavolina e thesarit")] string Description)
{
    internal Result<EndpointOrder> ToOrder(IdempotencyKey key)
    {
        var input = new Input();
        input.Check(Uri.TryCreate(Address, UriKind.Absolute, out var address), () => new EndpointAddressNotAllowed("/address"));
        return input.Result(() => new EndpointOrder(address!, [.. EventTypes.Distinct(StringComparer.Ordinal)], Description, key.Value));
    }
}
