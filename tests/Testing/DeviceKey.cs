using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Testing;

/// <summary>The key of a customer's installation, as the app on a phone holds it.</summary>
public sealed class DeviceKey : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>What the app registers: a JWK of the public part.</summary>
    public string PublicJwk
    {
        get
        {
            var point = key.ExportParameters(false).Q;
            return $$"""{"kty":"EC","crv":"P-256","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        }
    }

    /// <summary>A JWS, compact, ES256.</summary>
    /// <param name="claims">JSON.</param>
    public string Sign(string type, string claims, string alg = "ES256")
    {
        var signed = $"{Encode($$"""{"alg":"{{alg}}","typ":"{{type}}"}""")}.{Encode(claims)}";
        return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
    }

    /// <summary>The header Strong-Confirmation for a quote or a challenge.</summary>
    /// <param name="factsHash">As the bank gave it.</param>
    public string Confirm(string challenge, string factsHash, DateTimeOffset at) => Sign(
        "confirmation+jwt",
        $$"""{"challenge":"{{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(challenge)))}}","facts":"{{factsHash}}","iat":{{at.ToUnixTimeSeconds()}}}""");

    public void Dispose() => key.Dispose();

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
