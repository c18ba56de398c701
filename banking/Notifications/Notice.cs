using Serverless.Banking.Documents;

namespace Serverless.Banking.Notifications;

/// <summary>One thing the bank tells one customer over one channel.</summary>
/// <param name="Id">
/// Derived from what the notice is about (<see cref="NoticeId"/>), so whoever announces the same thing again meets the first notice.
/// </param>
/// <param name="Facts">The values that the text of the kind names; never secrets, and nothing that a locked screen may not show.</param>
/// <param name="Link">What the notice opens in the app, e.g. <c>bills/contracts/{id}/invoices/{number}</c>; null opens the app.</param>
public sealed record Notice(
    NoticeId Id,
    CustomerId Customer,
    NoticeChannel Channel,
    NoticeKind Kind,
    IReadOnlyDictionary<string, string> Facts,
    string? Link = null)
{
    /// <summary>Where it goes instead of the customer's own address for the channel: statements have one per account. Null for the customer's own.</summary>
    public string? Address { get; init; }

    /// <summary>A document that an e-mail brings along; made when the e-mail is handed over.</summary>
    public DocumentReference? Attachment { get; init; }
}

public enum NoticeChannel
{
    Push,
    Email,
    Sms,
}
