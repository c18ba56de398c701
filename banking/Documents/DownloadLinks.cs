using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;

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
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int TokenAtMost = 1024;

    private static readonly byte[] Purpose = "download link"u8.ToArray();

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
        var bytes = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(Convert.FromBase64String(options.Value.LinkKeys[0]), TagBytes);
        aes.Encrypt(bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), Purpose);
        return new DownloadLink(Base64Url.EncodeToString(bytes), expires);
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
        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length < NonceBytes + TagBytes)
            return null;
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        foreach (var key in options.Value.LinkKeys)
        {
            using var aes = new AesGcm(Convert.FromBase64String(key), TagBytes);
            try
            {
                aes.Decrypt(bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), plain, Purpose);
                return Encoding.UTF8.GetString(plain);
            }
            catch (AuthenticationTagMismatchException)
            {
                // Sealed with another of the keys, or by nobody.
            }
        }

        return null;
    }
}
