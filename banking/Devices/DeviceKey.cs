using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Serverless.Banking.Devices;

/// <summary>The public half of a P-256 key that never leaves a phone's secure hardware.</summary>
public sealed record DeviceKey
{
    private const int CoordinateBytes = 32;
    private const int SignatureBytes = 2 * CoordinateBytes;

    private readonly byte[] x;
    private readonly byte[] y;

    private DeviceKey(byte[] x, byte[] y)
    {
        (this.x, this.y) = (x, y);
        Jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(x)}}","y":"{{Base64Url.EncodeToString(y)}}"}""";
        Thumbprint = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(Jwk)));
    }

    /// <summary>RFC 7517 with the members of RFC 7638, in its order: the same key is always the same text.</summary>
    public string Jwk { get; }

    /// <summary>RFC 7638, SHA-256.</summary>
    public string Thumbprint { get; }

    /// <summary>Null for anything but the public key of a point on P-256. Other members of the JWK are ignored.</summary>
    public static DeviceKey? Find(string? jwk)
    {
        try
        {
            return jwk is { Length: <= 2000 } && JsonSerializer.Deserialize<Parts>(jwk, JsonSerializerOptions.Web) is { Kty: "EC", Crv: "P-256" } parts
                ? Find(parts.X, parts.Y)
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <param name="x">Base64url without padding, 32 bytes.</param>
    /// <param name="y">As <paramref name="x"/>.</param>
    public static DeviceKey? Find(string? x, string? y)
    {
        if (Coordinate(x) is not { } first || Coordinate(y) is not { } second)
            return null;
        try
        {
            // Importing is what tells whether the point is on the curve.
            using var key = ECDsa.Create(Parameters(first, second));
            return new DeviceKey(first, second);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    /// <summary>ES256 as in RFC 7518: 64 bytes, r and s.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature)
    {
        if (signature.Length != SignatureBytes)
            return false;
        using var key = ECDsa.Create(Parameters(x, y));
        return key.VerifyData(data, signature, HashAlgorithmName.SHA256);
    }

    public bool Equals(DeviceKey? other) => other is not null && other.Jwk == Jwk;

    public override int GetHashCode() => Jwk.GetHashCode(StringComparison.Ordinal);

    private static ECParameters Parameters(byte[] x, byte[] y) => new() { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = x, Y = y } };

    private static byte[]? Coordinate(string? text)
    {
        if (text is null || !Base64Url.IsValid(text))
            return null;
        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length == CoordinateBytes && Base64Url.EncodeToString(bytes) == text ? bytes : null;
    }

    private sealed record Parts(string? Kty, string? Crv, string? X, string? Y);
}
