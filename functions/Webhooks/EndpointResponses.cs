using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Webhooks;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

[Description("An address of a back office that is told what happens.")]
public sealed record EndpointResponse(
    Guid Id, [property: Example("https://desk.example.com/bank-events")] string Address,
    [property: Description("A type, a family's `*`, or `*`.")] IReadOnlyList<string> EventTypes, string Description,
    [property: Description("`gone`: it answered 410 and is told nothing until it is made active.")] EndpointState State, string CreatedBy, Instant CreatedAt,
    [property: Description("So long the secret of before signs as well; null when there is none.")] Instant? OldSecretUntil)
{
    public static EndpointResponse From(WebhookEndpoint it) => new(it.Id, it.Address.ToString(), it.Types, it.Description, it.State, it.CreatedBy, it.CreatedAt, it.OldSecretUntil);
}

public sealed record EndpointSecretResponse(
    EndpointResponse Endpoint, [property: Description("`whsec_` and base64; shown here and nowhere else."), Example("whsec_b25seSBhbiBleGFtcGxlLCAyNCBi")] string Secret)
{
    public static EndpointSecretResponse From(EndpointWithSecret it) => new(EndpointResponse.From(it.Endpoint), it.Secret);
}

public sealed record EndpointsResponse(IReadOnlyList<EndpointResponse> Endpoints, [property: Description("What can be subscribed to.")] IReadOnlyList<string> EventTypes);

[Description("One event, and what became of telling it.")]
public sealed record DeliveryResponse(
    [property: Description("The `webhook-id`."), Example("evt_0b6ce3f00e524e3d9d5b6b1f2c1d0001")] string EventId, [property: Example("preferential_rate.submitted")] string Type,
    [property: Example("0b6ce3f0-0e52-4e3d-9d5b-6b1f2c1d0001")] string Subject, Instant At, DeliveryState State, int Tries,
    [property: Description("Null when none follows.")] Instant? NextTryAt, [property: Description("The latest, oldest first.")] IReadOnlyList<AttemptResponse> Attempts)
{
    public static DeliveryResponse From(WebhookDelivery it) => new(
        it.Id, it.Type, it.Subject, it.At, it.State, it.Tries, it.NextTryAt, [.. it.Attempts.Select(attempt => new AttemptResponse(attempt.At, attempt.Status, attempt.Failure))]);
}

public sealed record AttemptResponse(
    Instant At, [property: Description("Of HTTP; null when there was no answer.")] int? Status,
    [property: Description("`timeout`, `unreachable`, `address_not_allowed`, `status`; null when it was taken."), Example("timeout")] string? Failure);
