using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Documents;

/// <param name="Token">The end of the address <c>/api/public/v1/downloads/{token}</c>.</param>
public sealed record DownloadLink(string Token, Instant ExpiresAt);

/// <summary>Gives out and opens the tokens of download links.</summary>
/// <remarks>
/// A token is the document's reference and the moment it expires, sealed with AES-256-GCM: nothing is stored, nobody can read or alter one,
/// and whoever has it can fetch this one document for some minutes, on a phone's browser too, without a login (ACC-07).
/// </remarks>
public sealed class DownloadLinks(IOptions<DocumentsOptions> options, TimeProvider time)
{
    private const int TokenAtMost = 1024;

    private const string Purpose = "download link";

    /// <param name="document">Kind and id without line breaks.</param>
    public DownloadLink Create(DocumentReference document) => Create(document, Duration.FromTimeSpan(options.Value.LinkLifetime));

    /// <summary>What an e-mail cannot carry: the whole address, good for days, like the e-mail itself.</summary>
    public (Uri Address, Duration Lifetime) CreateForEmail(DocumentReference document)
    {
        var lifetime = Duration.FromTimeSpan(options.Value.EmailLinkLifetime);
        return (new Uri(options.Value.PublicUrl!, $"api/public/v1/downloads/{Create(document, lifetime).Token}"), lifetime);
    }

    private DownloadLink Create(DocumentReference document, Duration lifetime)
    {
        var expires = Instant.FromDateTimeOffset(time.GetUtcNow()) + lifetime;
        var plain = Encoding.UTF8.GetBytes(string.Join(
            '\n', expires.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), document.Owner.Value, document.Language.Code(), document.Kind, document.Id));
        return new DownloadLink(Base64Url.EncodeToString(SealedBytes.Seal(Convert.FromBase64String(options.Value.LinkKeys[0]), Purpose, plain)), expires);
    }

    /// <returns>What the link is for; or <see cref="LinkNotFound"/>, <see cref="LinkExpired"/>.</returns>
    public Result<DocumentReference> Open(string token)
    {
        if (Decrypt(token)?.Split('\n') is not [var expires, var owner, var language, var kind, var id])
            return new LinkNotFound();

        var end = Instant.FromUnixTimeMilliseconds(long.Parse(expires, CultureInfo.InvariantCulture));
        return Instant.FromDateTimeOffset(time.GetUtcNow()) < end
            ? new DocumentReference(kind, id, CustomerId.Of(owner), Languages.Find(language)!.Value)
            : new LinkExpired(end);
    }

    private string? Decrypt(string token)
    {
        if (token.Length > TokenAtMost || !Base64Url.IsValid(token))
            return null;
        return SealedBytes.Open(options.Value.LinkKeys.Select(Convert.FromBase64String), Purpose, Base64Url.DecodeFromChars(token)) is { } plain
            ? Encoding.UTF8.GetString(plain)
            : null;
    }
}
