using Serverless.Banking.Keys;

namespace Serverless.Banking.Confirmations;

/// <summary>A customer's signature under what is to be done: a JWS (RFC 7515, compact, ES256) by the key of the installation.</summary>
/// <param name="Challenge">SHA-256, base64url, of the quote's or the challenge's text.</param>
/// <param name="Facts">See <see cref="ConfirmationFacts.Hash"/>.</param>
/// <param name="IssuedAt">By the device's clock; seconds since 1970.</param>
internal sealed record ConfirmationSignature(string Challenge, string Facts, long IssuedAt)
{
    /// <summary>In the protected header, so that nothing else that the same key signs can be taken for a confirmation.</summary>
    public const string Type = "confirmation+jwt";

    private const int LengthAtMost = 2000;

    public static bool LooksLike(string text) => text.Length <= LengthAtMost && text.Count(c => c == '.') == 2;

    /// <param name="key">The public key as a JWK (P-256).</param>
    /// <returns>Null unless the key has signed exactly this, as a confirmation.</returns>
    public static ConfirmationSignature? Verify(string text, string key) =>
        LooksLike(text) && CompactJws.Find(text) is { Type: Type } jws && P256Key.Find(key) is { } known && jws.IsSignedBy(known)
        && jws.Text("challenge") is { } challenge && jws.Text("facts") is { } facts && jws.Number("iat") is { } issuedAt
            ? new ConfirmationSignature(challenge, facts, issuedAt)
            : null;
}
