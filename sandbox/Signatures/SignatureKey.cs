using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Serverless.Sandbox.Signatures;

/// <summary>The service's P-256 key, made at each start: what was signed before is kept by the bank with the key's public half.</summary>
internal sealed class SignatureKey : IDisposable
{
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly SigningCredentials credentials;
    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };

    public SignatureKey()
    {
        var parameters = key.ExportParameters(includePrivateParameters: false);
        (X, Y) = (Base64UrlEncoder.Encode(parameters.Q.X), Base64UrlEncoder.Encode(parameters.Q.Y));
        var securityKey = new ECDsaSecurityKey(key);
        securityKey.KeyId = Id = Base64UrlEncoder.Encode(securityKey.ComputeJwkThumbprint());
        credentials = new SigningCredentials(securityKey, SecurityAlgorithms.EcdsaSha256);
    }

    public string Id { get; }

    public string X { get; }

    public string Y { get; }

    public void Dispose() => key.Dispose();

    /// <returns>A compact JWS over what was signed, by whom, and when.</returns>
    public string Sign(SignatureOrder order, DateTimeOffset at) => handler.CreateToken(new SecurityTokenDescriptor
    {
        SigningCredentials = credentials,
        Claims = new Dictionary<string, object>
        {
            ["signatureId"] = order.SignatureId,
            ["documentSha256"] = order.DocumentSha256,
            ["signer"] = new Dictionary<string, object> { ["personalNumber"] = order.PersonalNumber },
            ["signedAt"] = at.ToUnixTimeSeconds(),
            ["level"] = "QES",
        },
    });
}
