using System.Globalization;
using System.Net.Mail;
using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Newsletter;

/// <summary>An address for news and offers (EKL-22).</summary>
/// <param name="Round">Counts the registrations that began anew: links of an earlier one are worthless.</param>
internal sealed record Subscription(string Email, Language Language, SubscriptionState State, int Round, Instant Since);

internal enum SubscriptionState
{
    /// <summary>Nobody has opened the link yet: nothing but that one mail is sent.</summary>
    Pending,
    Confirmed,
    Unsubscribed,
}

/// <summary>Something for everybody who has subscribed.</summary>
/// <param name="Texts">By language: subject and words.</param>
public sealed record NewsletterIssue(Guid Id, IReadOnlyDictionary<Language, NewsletterText> Texts, Instant ReleasedAt);

public sealed record NewsletterText(string Title, string Text);

/// <summary>What every link of the newsletter carries, and nothing else.</summary>
public sealed record NewsletterLinkUnknown() : NotFound("newsletter_link_not_found");

/// <summary>Not of the form of an e-mail address.</summary>
public sealed record NewsletterEmailMalformed(string Field) : Invalid("email_malformed", Field);

public static class NewsletterEmail
{
    public const int LengthAtMost = 254;

    /// <returns>In small letters, as one address is one registration; or <see cref="NewsletterEmailMalformed"/>.</returns>
    public static Result<string> Find(string text, string field) =>
        text.Length <= LengthAtMost && MailAddress.TryCreate(text, out var address) && address.Address == text && address.Host.Contains('.', StringComparison.Ordinal)
            && text.All(c => c is > ' ' and < '\u007f' and not ('"' or '<' or '>' or ',' or ';'))
            ? text.ToLower(CultureInfo.InvariantCulture)
            : new NewsletterEmailMalformed(field);
}
