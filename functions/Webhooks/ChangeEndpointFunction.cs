using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public sealed class ChangeEndpointFunction(ChangeEndpoint change)
{
    [Function("Webhooks_ChangeEndpoint")]
    [Access(Right.Staff, Roles = [Role.Administrator])]
    [Summary("Pauses or resumes an address, or subscribes it to other events.", Details = "What happens while it is paused is told when it is active again.")]
    [Body<ChangeEndpointRequest>]
    [Answers<EndpointResponse>]
    [Refuses<EventTypeUnknown>, Refuses<EndpointNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "patch", Route = "backoffice/v1/webhook-endpoints/{endpointId:guid}")] HttpRequest request, Guid endpointId) =>
        request.ReadBody<ChangeEndpointRequest>()
            .Then(body => change.RunAsync(endpointId, body.ToChange(), request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(endpoint => TypedResults.Ok(EndpointResponse.From(endpoint)));
}

public enum EndpointSwitch
{
    Active,
    Paused,
}

public sealed record ChangeEndpointRequest(
    EndpointSwitch? State = null, [property: MinLength(1), MaxLength(50), Description("Instead of those before.")] IReadOnlyList<string>? EventTypes = null,
    [property: MaxLength(200), Example("Tavolina e thesarit")] string? Description = null)
{
    internal EndpointChange ToChange() => new(
        State switch { EndpointSwitch.Active => EndpointState.Active, EndpointSwitch.Paused => EndpointState.Paused, _ => null },
        EventTypes is null ? null : [.. EventTypes.Distinct(StringComparer.Ordinal)], Description);
}
