using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Serverless.Banking.Keys;

/// <summary>A P-256 key that signs (ES256) or, without its private part, verifies.</summary>
internal sealed class P256Key
{
    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    private readonly ECDsa key;
    private readonly ECParameters parameters;

    private P256Key(ECDsa key)
    {
        (this.key, parameters) = (key, key.ExportParameters(false));
        CanSign = HasPrivatePart(key);
        var (x, y) = (Base64Url.EncodeToString(parameters.Q.X), Base64Url.EncodeToString(parameters.Q.Y));
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        Public = new JsonWebKey("EC", "P-256", x, y, Id, "sig", "ES256");
    }

    /// <summary>The thumbprint of RFC 7638, so that the same key has the same id everywhere.</summary>
    public string Id { get; }

    public bool CanSign { get; }

    public JsonWebKey Public { get; }

    public static P256Key New() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <param name="text">PEM, or one JWK.</param>
    /// <exception cref="InvalidOperationException">It is neither, or no key on P-256. The message does not repeat it.</exception>
    public static P256Key Parse(string text) => Find(text) ?? throw new InvalidOperationException("A key is neither PEM nor a JWK of a P-256 key.");

    /// <summary>Null unless the text is PEM or one JWK of a key on P-256.</summary>
    public static P256Key? Find(string text)
    {
        try
        {
            var key = ECDsa.Create();
            if (text.TrimStart().StartsWith('{'))
                key.ImportParameters(ToParameters(JsonSerializer.Deserialize<StoredKey>(text)!));
            else
                key.ImportFromPem(text);
            return key.KeySize == 256 && key.ExportParameters(false).Curve.Oid is { FriendlyName: "nistP256" or "ECDSA_P256" } or { Value: "1.2.840.10045.3.1.7" }
                ? new P256Key(key)
                : null;
        }
        catch (Exception e) when (e is JsonException or CryptographicException or ArgumentException or FormatException or NullReferenceException)
        {
            return null;
        }
    }

    public byte[] Sign(ReadOnlySpan<byte> data) => key.SignData(data, HashAlgorithmName.SHA256);

    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) =>
        signature.Length == 64 && key.VerifyData(data, signature, HashAlgorithmName.SHA256);

    /// <summary>With the private part, for the key file.</summary>
    public string ToPrivateJwk()
    {
        var d = Base64Url.EncodeToString(key.ExportParameters(true).D);
        return JsonSerializer.Serialize(new StoredKey(Public.Kty, Public.Crv, Public.X, Public.Y, d), Json);
    }

    private static ECParameters ToParameters(StoredKey key) => key is { Kty: "EC", Crv: "P-256" }
        ? new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) },
            D = key.D is null ? null : Base64Url.DecodeFromChars(key.D),
        }
        : throw new CryptographicException();

    private static bool HasPrivatePart(ECDsa key)
    {
        try
        {
            return key.ExportParameters(true).D is not null;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    private sealed record StoredKey(
        [property: JsonPropertyName("kty")] string Kty, [property: JsonPropertyName("crv")] string Crv, [property: JsonPropertyName("x")] string X,
        [property: JsonPropertyName("y")] string Y, [property: JsonPropertyName("d")] string? D);
}

/// <summary>A public key as RFC 7517 writes it.</summary>
public sealed record JsonWebKey(string Kty, string Crv, string X, string Y, string Kid, string Use, string Alg);
