using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Credentials;
using Serverless.Banking.Customers;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Banking.RateLimits;
using Serverless.Banking.Storage;

namespace Serverless.Banking.EKlik;

/// <summary>What somebody who has forgotten a password of eKlik knows about the customer (EKL-07).</summary>
/// <param name="CardLastFour">Of any active card of the customer.</param>
/// <param name="CardExpiry">Month and year of that card: <c>2029-12</c>.</param>
public sealed record PasswordResetFields(string FirstName, string LastName, PersonalNumber PersonalNumber, string Email, string CardLastFour, string CardExpiry)
{
    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(PasswordResetFields);
}

/// <summary>The message that asks for the comparison: the fields, sealed.</summary>
public sealed record PasswordResetAsked(string Sealed);

/// <summary>Takes a request for a reset (EKL-07). Nothing is looked up before the answer, so answer and work are the same for everybody.</summary>
/// <remarks>The message is what counts, and is handed over before the answer; what it says is sealed.</remarks>
public sealed class RequestPasswordReset
{
    internal const string Purpose = "eklik\nreset";

    private readonly RateLimits.RateLimits limits;
    private readonly IWorkMessages messages;
    private readonly KeyedHash hash;
    private readonly EKlikTable table;
    private readonly EKlikOptions options;

    internal RequestPasswordReset(RateLimits.RateLimits limits, IWorkMessages messages, KeyedHash hash, EKlikTable table, IOptions<EKlikOptions> options) =>
        (this.limits, this.messages, this.hash, this.table, this.options) = (limits, messages, hash, table, options.Value);

    /// <returns>Or <see cref="TooManyRequests"/>: too many in a day for this personal number, whether it is anybody's or not.</returns>
    public async Task<Result<Nothing>> RunAsync(PasswordResetFields fields, CancellationToken cancellation)
    {
        var taken = await limits.TakeAsync(
            $"eklik|{hash.Of("identifier", fields.PersonalNumber.Value)}", new RateLimit("password-reset", options.ResetsPerDay, Duration.FromDays(1)), cancellation);
        if (!taken.IsSuccess)
            return taken.Error;
        var asked = new AskedReset(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16)), table.Now, fields.FirstName, fields.LastName, fields.PersonalNumber.Value, fields.Email,
            fields.CardLastFour, fields.CardExpiry);
        var text = SealedText.Seal(options.KeyBytes()[0], Purpose, Encoding.UTF8.GetBytes(StoredJson.Write(asked)));
        await messages.SendAsync(WorkQueues.EKlikResets, [new PasswordResetAsked(text)], cancellation);
        return default(Nothing);
    }
}

internal sealed record AskedReset(string Id, Instant At, string FirstName, string LastName, string PersonalNumber, string Email, string CardLastFour, string CardExpiry);

/// <summary>Compares the six fields and, when all match, sends each of the customer's users a link to the registered e-mail address (EKL-07, EKL-08).</summary>
/// <remarks>Safe to repeat: a link's secret is derived from the request, a newer request is never undone, and a notice is sent once.</remarks>
public sealed class SendResetLink
{
    private readonly FindCustomerByPersonalNumber persons;
    private readonly FindContactDetails contacts;
    private readonly IBankCards cards;
    private readonly EKlikTable table;
    private readonly ResetLinks links;
    private readonly SendNotice send;
    private readonly EKlikOptions options;

    internal SendResetLink(
        FindCustomerByPersonalNumber persons, FindContactDetails contacts, IBankCards cards, EKlikTable table, ResetLinks links, SendNotice send, IOptions<EKlikOptions> options) =>
        (this.persons, this.contacts, this.cards, this.table, this.links, this.send, this.options) = (persons, contacts, cards, table, links, send, options.Value);

    /// <returns>How many links there are.</returns>
    /// <exception cref="InvalidOperationException">The card processor does not answer: the message comes again.</exception>
    public async Task<int> RunAsync(PasswordResetAsked message, CancellationToken cancellation)
    {
        if (SealedText.Open(options.KeyBytes(), RequestPasswordReset.Purpose, message.Sealed) is not { } plain)
            return 0;
        var asked = StoredJson.Read<AskedReset>(Encoding.UTF8.GetString(plain));
        var expires = asked.At + Duration.FromMinutes(options.ResetMinutes);
        if (expires <= table.Now || await FindAsync(asked, cancellation) is not { } contact)
            return 0;

        var sent = 0;
        foreach (var user in await table.ListAsync(contact.Customer, cancellation))
        {
            var (link, hash) = links.New(user.UserName, asked.Id);
            var isOpen = await table.DecideAsync(user.UserName, (row, _) => Decide(row, new ResetLink(hash, asked.At, expires)), cancellation);
            if (isOpen is not { IsSuccess: true, Value: true })
                continue;
            await send.RunAsync(
                new Notice(
                    NoticeId.Of("eklik-reset", user.Name, asked.Id), user.Customer, NoticeChannel.Email, NoticeKind.EKlikResetLink,
                    new Dictionary<string, string> { ["user"] = user.Name, ["minutes"] = options.ResetMinutes.ToString(CultureInfo.InvariantCulture) })
                {
                    Address = contact.Email,
                    SecretWords = new Dictionary<string, string> { ["link"] = $"{options.ResetPage}#{link}" },
                    ExpiresAt = expires,
                },
                cancellation);
            sent++;
        }

        return sent;
    }

    /// <summary>Only who has a password can have forgotten it, and who is blocked gets no link (EKL-08).</summary>
    private static EKlikDecision<bool> Decide(EKlikRow row, ResetLink link) =>
        row.Blocking is not null || row.Password is null ? new(row, false)
        : row.Reset?.Hash == link.Hash ? new(row, !row.Reset.IsUsed)
        : row.Reset is { } newer && newer.AskedAt > link.AskedAt ? new(row, false)
        : new(row with { Reset = link }, true);

    private async Task<ContactDetails?> FindAsync(AskedReset asked, CancellationToken cancellation)
    {
        if (await persons.RunAsync(PersonalNumber.Find(asked.PersonalNumber)!.Value, cancellation) is not { } customer)
            return null;
        var contact = await contacts.RunAsync(customer, cancellation);
        var isSame = contact is { Email: { } email } && IsSame($"{asked.FirstName} {asked.LastName}", contact.Name) && IsSame(asked.Email, email);
        if (!isSame)
            return null;
        var owned = await cards.ListAsync(customer, cancellation);
        if (!owned.IsSuccess)
            throw new InvalidOperationException("The card processor does not answer.");
        return owned.Value.Any(card => card.IsActive && card.LastDigits.EndsWith(asked.CardLastFour, StringComparison.Ordinal) && card.Expiry == asked.CardExpiry) ? contact : null;
    }

    /// <summary>Capitals and the number of spaces say nothing.</summary>
    private static bool IsSame(string typed, string known) => string.Equals(Plain(typed), Plain(known), StringComparison.OrdinalIgnoreCase);

    private static string Plain(string text) =>
        string.Join(' ', EKlikPasswordRules.Composed(text).Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}

/// <summary>The secrets of links: the user's name and 32 bytes that are derived from the request and stored as a hash only.</summary>
internal sealed class ResetLinks(KeyedHash hash)
{
    /// <returns>What the link carries, and what is stored of it.</returns>
    public (string Link, string Hash) New(Sessions.UserName name, string request)
    {
        var secret = Base64Url.EncodeToString(hash.Bytes("eklik-reset-link", name.Value, request));
        return ($"{name.Value}.{secret}", HashOf(name, secret));
    }

    /// <summary>Null for another form.</summary>
    public (Sessions.UserName Name, string Hash)? Read(string link) =>
        link.LastIndexOf('.') is > 0 and var dot && Sessions.UserName.Find(link[..dot]) is { } name ? (name, HashOf(name, link[(dot + 1)..])) : null;

    private string HashOf(Sessions.UserName name, string secret) => hash.Of("eklik-reset-hash", name.Value, secret);
}
