using System.Collections.Immutable;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;

namespace Serverless.Banking.Notifications;

/// <summary>One thing the bank tells one person over one channel.</summary>
/// <param name="Id">
/// Derived from what the notice is about (<see cref="NoticeId"/>), so whoever announces the same thing again meets the first notice.
/// </param>
/// <param name="Customer">Null for somebody who is no customer yet: then <see cref="Address"/> and <see cref="Language"/> say where to and how.</param>
/// <param name="Facts">The values that the text of the kind names; never secrets (those are <see cref="SecretWords"/>), and nothing that a locked screen may not show.</param>
/// <param name="Link">What the notice opens in the app, e.g. <c>bills/contracts/{id}/invoices/{number}</c>; null opens the app.</param>
public sealed record Notice(
    NoticeId Id,
    CustomerId? Customer,
    NoticeChannel Channel,
    NoticeKind Kind,
    IReadOnlyDictionary<string, string> Facts,
    string? Link = null)
{
    /// <summary>Where it goes instead of the customer's own address for the channel: statements have one per account. Null for the customer's own.</summary>
    public string? Address { get; init; }

    /// <summary>A document that an e-mail brings along; made when the e-mail is handed over.</summary>
    public DocumentReference? Attachment { get; init; }

    /// <summary>
    /// Further values of the text that only its receiver may read: one-time codes. They lie in the outbox sealed, are erased once the notice is delivered or
    /// given up, and stand in no queue and no log. Never by push, which a locked screen shows.
    /// </summary>
    public IReadOnlyDictionary<string, string> SecretWords { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Instead of the customer's own; needed for somebody who is no customer. Null for the customer's own.</summary>
    public Language? Language { get; init; }

    /// <summary>It is not delivered later than this: a code that has expired. Null for the outbox's own limit.</summary>
    public Instant? ExpiresAt { get; init; }
}

public enum NoticeChannel
{
    Push,
    Email,
    Sms,
}
