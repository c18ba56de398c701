using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Serverless.Banking.Devices;
using Serverless.Banking.Keys;

namespace Serverless.Testing;

/// <summary>A customer's phone: an installation of the app with a P-256 key of its own, which signs what the bank asks it to.</summary>
public sealed class TestDevice
{
    private readonly P256Key key = P256Key.New();

    public InstallationId Id { get; } = InstallationId.Of(Guid.NewGuid().ToString());

    /// <summary>The public key as a JWK.</summary>
    public string Key => $$"""{"kty":"EC","crv":"P-256","x":"{{key.Public.X}}","y":"{{key.Public.Y}}"}""";

    /// <summary>The key's thumbprint (RFC 7638).</summary>
    public string Thumbprint => key.Id;

    /// <summary>A nonce of the bank, signed: what a body's <c>proof</c> is.</summary>
    /// <param name="boundTo">Signed after a full stop.</param>
    public JsonObject Prove(string nonce, string? boundTo = null) => new()
    {
        ["nonce"] = nonce,
        ["signature"] = System.Buffers.Text.Base64Url.EncodeToString(key.Sign(Encoding.UTF8.GetBytes(boundTo is null ? nonce : $"{nonce}.{boundTo}"))),
    };

    /// <summary>A JWS in compact form: ES256, <c>typ</c>, and the claims as JSON.</summary>
    public string Sign(string type, object claims) => CompactJws.Write(key, type, JsonSerializer.SerializeToUtf8Bytes(claims));

    /// <summary>The header Strong-Confirmation for a quote or a challenge.</summary>
    /// <param name="factsHash">As the bank gave it.</param>
    public string Confirming(string challenge, string factsHash, DateTimeOffset at) => Sign("confirmation+jwt", new
    {
        challenge = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(challenge))),
        facts = factsHash,
        iat = at.ToUnixTimeSeconds(),
    });

    /// <summary>The proof that a refresh asks for.</summary>
    public string Refreshing(string refreshToken, DateTimeOffset at) => Sign("refresh+jwt", new
    {
        ath = System.Buffers.Text.Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(refreshToken))),
        iat = at.ToUnixTimeSeconds(),
    });
}
