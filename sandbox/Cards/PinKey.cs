using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Serverless.Sandbox.Cards;

/// <summary>The processor's key for PINs: opens a compact JWE (RFC 7516) made with ECDH-ES on P-256 and A256GCM.</summary>
internal sealed class PinKey
{
    private readonly ECDiffieHellman key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    private PinKey()
    {
        var point = key.ExportParameters(false).Q;
        (X, Y) = (Base64Url.EncodeToString(point.X), Base64Url.EncodeToString(point.Y));
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{X}}","y":"{{Y}}"}""")));
    }

    public string Id { get; }

    public string X { get; }

    public string Y { get; }

    public static PinKey New() => new();

    /// <returns>Null for anything that is not a PIN encrypted to this key.</returns>
    public PinText? Open(string jwe)
    {
        try
        {
            if (jwe.Split('.') is not [var head, "", var iv, var cipher, var tag]
                || JsonSerializer.Deserialize<Header>(Base64Url.DecodeFromChars(head), JsonSerializerOptions.Web) is not { Alg: "ECDH-ES", Enc: "A256GCM", Epk: { Kty: "EC", Crv: "P-256" } sender } header
                || header.Kid != Id)
            {
                return null;
            }

            using var other = ECDiffieHellman.Create(new ECParameters
            {
                Curve = ECCurve.NamedCurves.nistP256,
                Q = new ECPoint { X = Base64Url.DecodeFromChars(sender.X), Y = Base64Url.DecodeFromChars(sender.Y) },
            });

            // RFC 7518 4.6.2: one round of the concatenation KDF.
            var derived = key.DeriveKeyFromHash(other.PublicKey, HashAlgorithmName.SHA256, [0, 0, 0, 1], OtherInfo());
            var plain = new byte[Base64Url.DecodeFromChars(cipher).Length];
            using var aes = new AesGcm(derived, 16);
            aes.Decrypt(Base64Url.DecodeFromChars(iv), Base64Url.DecodeFromChars(cipher), Base64Url.DecodeFromChars(tag), plain, Encoding.ASCII.GetBytes(head));
            return JsonSerializer.Deserialize<PinText>(plain, JsonSerializerOptions.Web) is { Pin: { Length: >= 4 and <= 12 } pin } text && pin.All(char.IsAsciiDigit) ? text : null;
        }
        catch (Exception e) when (e is FormatException or JsonException or CryptographicException or ArgumentException)
        {
            return null;
        }
    }

    private static byte[] OtherInfo()
    {
        var algorithm = "A256GCM"u8;
        var info = new byte[4 + algorithm.Length + 4 + 4 + 4];
        BinaryPrimitives.WriteInt32BigEndian(info, algorithm.Length);
        algorithm.CopyTo(info.AsSpan(4));
        BinaryPrimitives.WriteInt32BigEndian(info.AsSpan(info.Length - 4), 256);
        return info;
    }

    private sealed record Header(string? Alg, string? Enc, string? Kid, Epk? Epk);

    private sealed record Epk(string? Kty, string? Crv, string? X, string? Y);
}

/// <param name="Iat">When it was encrypted, in seconds since 1970.</param>
internal sealed record PinText(string Pin, long Iat);
