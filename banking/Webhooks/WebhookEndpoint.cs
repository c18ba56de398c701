using NodaTime;

namespace Serverless.Banking.Webhooks;

/// <summary>Where a back office is told what happens.</summary>
/// <param name="Types">Event types; <c>card_application.*</c> stands for all of a family, <c>*</c> for all.</param>
/// <param name="OldSecretUntil">So long the secret of before is signed with as well; null when there is none.</param>
public sealed record WebhookEndpoint(
    Guid Id, Uri Address, IReadOnlyList<string> Types, string Description, EndpointState State, string CreatedBy, Instant CreatedAt, Instant? OldSecretUntil)
{
    public bool Wants(string type) => Types.Any(wanted =>
        wanted == "*" || wanted == type || (wanted.EndsWith(".*", StringComparison.Ordinal) && type.StartsWith(wanted[..^1], StringComparison.Ordinal)));
}

public enum EndpointState
{
    Active,

    /// <summary>By staff: what happens meanwhile is kept and told afterwards.</summary>
    Paused,

    /// <summary>It answered 410: as paused, until staff make it active again.</summary>
    Gone,

    /// <summary>By staff; only what was told is still known, until it is erased.</summary>
    Removed,
}

/// <summary>One event on its way to one endpoint.</summary>
/// <param name="Id">The event's, the endpoint's <c>webhook-id</c>.</param>
/// <param name="Tries">Since it became due, or was sent again by hand.</param>
/// <param name="NextTryAt">Null when none follows.</param>
/// <param name="Attempts">The latest, oldest first.</param>
public sealed record WebhookDelivery(
    Guid Endpoint, string Id, string Type, string Subject, Instant At, DeliveryState State, int Tries, Instant? NextTryAt, IReadOnlyList<DeliveryAttempt> Attempts)
{
    /// <summary>Who last had it sent again, and under which key.</summary>
    public string? Ordered { get; init; }

    /// <summary>Kept of the attempts.</summary>
    internal const int AttemptsKept = 20;
}

/// <param name="Status">Of HTTP; null when there was no answer.</param>
/// <param name="Failure">Why it failed: <c>timeout</c>, <c>unreachable</c>, <c>address_not_allowed</c>, <c>status</c>; null when it did not.</param>
public sealed record DeliveryAttempt(Instant At, int? Status, string? Failure);

public enum DeliveryState
{
    /// <summary>To be told.</summary>
    Due,

    Delivered,

    /// <summary>Ten tries in three days were in vain, or the endpoint is gone. Staff may send it again.</summary>
    Failed,
}
