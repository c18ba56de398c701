using NodaTime;

namespace Serverless.Banking.Channels;

/// <summary>One line of a channel's history.</summary>
/// <param name="By">A staff id, the customer number, or the name of what the bank does by itself.</param>
/// <param name="AskedBy">Who asked for it; null when nobody was asked.</param>
/// <param name="IdentifiedBy">How staff made sure who asks.</param>
public sealed record ChannelEvent(ChannelEventKind Kind, string By, string? AskedBy, string? IdentifiedBy, string? Reason, Instant At);

public enum ChannelEventKind
{
    /// <summary>At the customer's request (LIFE-03).</summary>
    Blocked,

    /// <summary>For loss or suspicion of fraud (LIFE-13).</summary>
    EmergencyBlocked,

    /// <summary>The staff step (LIFE-06).</summary>
    Reactivated,

    /// <summary>The customer signed in to the Internet Branch (LIFE-07).</summary>
    Verified,

    /// <summary>The first sign-in in the app after a reactivation (LIFE-08).</summary>
    SignedIn,

    /// <summary>Nobody verified it in time, so it is blocked again (LIFE-14).</summary>
    VerificationExpired,
}
