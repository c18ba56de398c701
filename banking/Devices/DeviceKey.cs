using Serverless.Banking.Keys;

namespace Serverless.Banking.Devices;

/// <summary>The public half of a P-256 key that never leaves a phone's secure hardware.</summary>
public sealed record DeviceKey
{
    private readonly P256Key key;

    private DeviceKey(P256Key key)
    {
        this.key = key;
        Jwk = $$"""{"crv":"P-256","kty":"EC","x":"{{key.Public.X}}","y":"{{key.Public.Y}}"}""";
    }

    /// <summary>RFC 7517 with the members of RFC 7638, in its order: the same key is always the same text.</summary>
    public string Jwk { get; }

    /// <summary>RFC 7638, SHA-256.</summary>
    public string Thumbprint => key.Id;

    /// <summary>Null for anything but the JWK of a public key of a point on P-256. Members that say nothing about the point are dropped.</summary>
    public static DeviceKey? Find(string? jwk) =>
        jwk is { Length: <= 2000 } && jwk.TrimStart().StartsWith('{') && P256Key.Find(jwk) is { CanSign: false } key ? new DeviceKey(key) : null;

    /// <param name="x">Base64url without padding, 32 bytes.</param>
    /// <param name="y">As <paramref name="x"/>.</param>
    public static DeviceKey? Find(string x, string y) => Find($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""");

    /// <summary>ES256 as in RFC 7518: 64 bytes, r and s.</summary>
    public bool Verifies(ReadOnlySpan<byte> data, ReadOnlySpan<byte> signature) => key.Verifies(data, signature);

    public bool Equals(DeviceKey? other) => other is not null && other.Jwk == Jwk;

    public override int GetHashCode() => Jwk.GetHashCode(StringComparison.Ordinal);
}
