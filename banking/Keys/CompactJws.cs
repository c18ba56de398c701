using System.Buffers.Text;
using System.Text;
using System.Text.Json;

namespace Serverless.Banking.Keys;

/// <summary>A JWS in compact form (RFC 7515) that is signed with ES256 and nothing else.</summary>
/// <remarks>
/// Whatever algorithm a text claims for itself is not asked: another one than ES256 is no such text. Nor is a header with <c>crit</c>, <c>jwk</c>, <c>jku</c> or
/// <c>x5u</c>, because the key is always the reader's own choice.
/// </remarks>
internal sealed class CompactJws
{
    public const int LengthAtMost = 8 * 1024;

    private static readonly string[] Refused = ["crit", "jwk", "jku", "x5c", "x5u"];

    private readonly byte[] signed;
    private readonly byte[] signature;

    private CompactJws(string type, string? keyId, JsonElement claims, byte[] signed, byte[] signature) =>
        (Type, KeyId, Claims, this.signed, this.signature) = (type, keyId, claims, signed, signature);

    /// <summary>The header's <c>typ</c>; empty when there is none.</summary>
    public string Type { get; }

    /// <summary>The header's <c>kid</c>.</summary>
    public string? KeyId { get; }

    /// <summary>A JSON object. Not to be believed before <see cref="IsSignedBy"/>.</summary>
    public JsonElement Claims { get; }

    /// <param name="type">The header's <c>typ</c>, which keeps a text that was made for one purpose from serving another.</param>
    public static string Write(P256Key key, string type, ReadOnlySpan<byte> claims)
    {
        var header = Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{key.Id}}","typ":"{{type}}"}""");
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Null for anything but three parts of which the first two are JSON objects.</summary>
    public static CompactJws? Find(string? text)
    {
        var parts = text is { Length: > 0 and <= LengthAtMost } ? text.Split('.') : [];
        if (parts is not [var header, var claims, var signature] || Decode(header) is not { } headerBytes || Decode(claims) is not { } claimBytes
            || Decode(signature) is not { } signatureBytes || Object(headerBytes) is not { } head || Object(claimBytes) is not { } body)
            return null;
        return Text(head, "alg") == "ES256" && !Refused.Any(name => head.TryGetProperty(name, out _))
            ? new CompactJws(Text(head, "typ") ?? "", Text(head, "kid"), body, Encoding.ASCII.GetBytes($"{header}.{claims}"), signatureBytes)
            : null;
    }

    public bool IsSignedBy(P256Key key) => key.Verifies(signed, signature);

    /// <summary>Null when the claim is absent or not text.</summary>
    public string? Text(string claim) => Text(Claims, claim);

    /// <summary>Null when the claim is absent or not a whole number.</summary>
    public long? Number(string claim) =>
        Claims.TryGetProperty(claim, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static byte[]? Decode(string part) =>
        Base64Url.IsValid(part) && !part.Any(c => char.IsWhiteSpace(c) || c == '=') ? Base64Url.DecodeFromChars(part) : null;

    private static JsonElement? Object(byte[] utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8, new JsonDocumentOptions { AllowDuplicateProperties = false, MaxDepth = 8 });
            return json.RootElement.ValueKind == JsonValueKind.Object ? json.RootElement.Clone() : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
