using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Serverless.Testing;

/// <summary>Encrypts a PIN as the app does: a compact JWE with ECDH-ES on P-256 and A256GCM (RFC 7516, RFC 7518).</summary>
public static class PinBlocks
{
    /// <param name="jwk">The first of <c>GET api/public/v1/pin-keys</c>.</param>
    /// <param name="at">By the processor's clock.</param>
    public static string Encrypt(JsonNode jwk, string pin, DateTimeOffset at)
    {
        using var own = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        using var processor = ECDiffieHellman.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars((string)jwk["x"]!), Y = Base64Url.DecodeFromChars((string)jwk["y"]!) },
        });
        var point = own.ExportParameters(false).Q;
        var header = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(
            $$"""{"alg":"ECDH-ES","enc":"A256GCM","kid":"{{jwk["kid"]}}","epk":{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"} }"""));
        var key = own.DeriveKeyFromHash(processor.PublicKey, HashAlgorithmName.SHA256, [0, 0, 0, 1], OtherInfo());
        var plain = Encoding.UTF8.GetBytes($$"""{"pin":"{{pin}}","iat":{{at.ToUnixTimeSeconds()}}}""");
        var (nonce, cipher, tag) = (RandomNumberGenerator.GetBytes(12), new byte[plain.Length], new byte[16]);
        using var aes = new AesGcm(key, 16);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.ASCII.GetBytes(header));
        return $"{header}..{Base64Url.EncodeToString(nonce)}.{Base64Url.EncodeToString(cipher)}.{Base64Url.EncodeToString(tag)}";
    }

    private static byte[] OtherInfo()
    {
        var algorithm = "A256GCM"u8;
        var info = new byte[4 + algorithm.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(info, algorithm.Length);
        algorithm.CopyTo(info.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(info.AsSpan(info.Length - 4), 256);
        return info;
    }
}
