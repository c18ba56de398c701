namespace Serverless.Banking.Webhooks;

public sealed record EndpointNotFound() : NotFound("webhook_endpoint_not_found");

public sealed record DeliveryNotFound() : NotFound("webhook_delivery_not_found");

/// <summary>Not an address that the bank may call: another scheme than https, with a user or a fragment, or on a network that it keeps to itself.</summary>
public sealed record EndpointAddressNotAllowed(string Field) : Invalid("webhook_address_not_allowed", Field);

/// <summary>Nothing of this type is ever told.</summary>
public sealed record EventTypeUnknown(string Field) : Invalid("webhook_event_type_unknown", Field);

public sealed record TooManyEndpoints(int AtMost) : Refused("too_many_webhook_endpoints");
