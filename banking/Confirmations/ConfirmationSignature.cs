using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

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
    public static ConfirmationSignature? Verify(string text, string key)
    {
        if (!LooksLike(text) || text.Split('.') is not [var header, var payload, var signature]
            || Decode(header) is not { } head || Decode(payload) is not { } body || Decode(signature) is not { Length: 64 } signed)
        {
            return null;
        }

        try
        {
            return IsOurs(head) && Verify(key, Encoding.ASCII.GetBytes($"{header}.{payload}"), signed) ? Read(body) : null;
        }
        catch (Exception e) when (e is JsonException or CryptographicException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            return null;
        }
    }

    private static bool IsOurs(byte[] header)
    {
        using var json = JsonDocument.Parse(header);
        return json.RootElement.GetProperty("alg").GetString() == "ES256" && json.RootElement.GetProperty("typ").GetString() == Type
            && !json.RootElement.TryGetProperty("crit", out _);
    }

    private static bool Verify(string key, byte[] signed, byte[] signature)
    {
        using var jwk = JsonDocument.Parse(key);
        var root = jwk.RootElement;
        if (root.GetProperty("kty").GetString() != "EC" || root.GetProperty("crv").GetString() != "P-256")
            return false;
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(root.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(root.GetProperty("y").GetString()) },
        });
        return ecdsa.VerifyData(signed, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
    }

    private static ConfirmationSignature? Read(byte[] payload)
    {
        using var json = JsonDocument.Parse(payload);
        var root = json.RootElement;
        return root.GetProperty("challenge").GetString() is { } challenge && root.GetProperty("facts").GetString() is { } facts
            && root.GetProperty("iat").TryGetInt64(out var issuedAt)
                ? new ConfirmationSignature(challenge, facts, issuedAt)
                : null;
    }

    private static byte[]? Decode(string text) => text.Length > 0 && Base64Url.IsValid(text) ? Base64Url.DecodeFromChars(text) : null;
}
