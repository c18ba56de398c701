using NodaTime;

namespace Serverless.Banking.Applications;

/// <summary>The settings of a card (PROD-09); its limit is the application's requested one.</summary>
/// <param name="AutomaticPaymentShare">Percent of what is owed: 25 or 100.</param>
/// <param name="InternetShare">Percent of the limit that may be spent on the Internet.</param>
public sealed record CardSettings(StatementPeriod StatementPeriod, int AutomaticPaymentShare, int InternetShare);

public enum StatementPeriod
{
    /// <summary>From the first day of a month on.</summary>
    BeginningOfMonth,

    /// <summary>Up to the last day of a month.</summary>
    EndOfMonth,
}

/// <summary>What has been read, proven and signed on the way from approval to card.</summary>
public sealed record CardProgress
{
    /// <summary>SHA-256 of the contract that was read and confirmed; null before.</summary>
    public string? ContractHash { get; init; }

    public Instant? ContractConfirmedAt { get; init; }

    /// <summary>Version of the privacy policy that was read.</summary>
    public string? PrivacyPolicy { get; init; }

    public Instant? PrivacyReadAt { get; init; }

    /// <summary>How many identifications have failed (PROD-32).</summary>
    public int FailedIdentifications { get; init; }

    /// <summary>Why the last one did, as a code.</summary>
    public string? LastFailure { get; init; }

    /// <summary>The session that is open, or was the last one.</summary>
    public Guid? Session { get; init; }

    /// <summary>When that session ends at the latest.</summary>
    public Instant? SessionUntil { get; init; }

    public Instant? IdentifiedAt { get; init; }

    /// <summary>The member of a branch's staff who identified the applicant; null for the camera.</summary>
    public string? IdentifiedBy { get; init; }

    public Instant? PhoneProvenAt { get; init; }

    public CardSignature? Signature { get; init; }

    public Instant? SignedAt { get; init; }

    /// <summary>The processor does not take the order: the desk mends it, and it is tried again.</summary>
    public bool IsOrderRefused { get; init; }

    public CardOrder? Order { get; init; }

    /// <summary>It lay at the branch until nobody waited any more.</summary>
    public bool IsUncollected { get; init; }
}

public static class CardTries
{
    /// <summary>Identifications by camera (PROD-32).</summary>
    public const int AtMost = 3;
}

/// <param name="Attempt">From 1: one that ran out is followed by another.</param>
/// <param name="SignUrl">Where the customer signs.</param>
public sealed record CardSignature(Guid Id, int Attempt, string SignUrl, Instant ExpiresAt);

/// <param name="MaskedCard">Null before the card is produced.</param>
public sealed record CardOrder(CardOrderState State, string? MaskedCard, Instant OrderedAt, Instant? ReadyAt, Instant? CollectedAt);

/// <summary>In the order in which they follow each other.</summary>
public enum CardOrderState
{
    Ordered,
    Produced,
    Ready,
    Collected,

    /// <summary>By the processor.</summary>
    Cancelled,
}
