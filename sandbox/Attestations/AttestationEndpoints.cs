using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Attestations;

/// <summary>Who vouches for phones; docs/partners.md. The app on a phone calls it, the bank never does.</summary>
internal static class AttestationEndpoints
{
    private const int LifetimeSeconds = 300;

    public static void MapAttestations(this IEndpointRouteBuilder app)
    {
        var key = new JsonWebKey(JsonKey());
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        app.MapPost("/attestations", (HttpRequest request, SandboxClock clock) => request.ReadAsync<AttestationRequest, Dictionary<string, object>>(
            (body, faults) => new()
            {
                ["key"] = faults.Code("/key", body.Key, 64),
                ["nonce"] = faults.Text("/nonce", body.Nonce, 400),
                ["device"] = Verdict(body.Device, faults),
                ["exp"] = clock.Now.ToUnixTimeSeconds() + LifetimeSeconds,
            },
            claims => Answers.Json(200, new
            {
                Attestation = handler.CreateToken(
                    System.Text.Json.JsonSerializer.Serialize(claims), new SigningCredentials(key, SecurityAlgorithms.EcdsaSha256),
                    new Dictionary<string, object> { ["typ"] = "device-attestation+jwt" }),
            })));
    }

    private static string Verdict(string? device, Faults faults)
    {
        if (device is not (null or "genuine" or "rooted"))
            faults.Add("/device", "Must be genuine or rooted.");
        return device ?? "genuine";
    }

    private static string JsonKey()
    {
        using var stream = typeof(AttestationEndpoints).Assembly.GetManifestResourceStream("attestation-key.json")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }

    /// <param name="Key">The thumbprint (RFC 7638) of the installation's key.</param>
    /// <param name="Nonce">The bank's.</param>
    internal sealed record AttestationRequest(string? Key, string? Nonce, string? Device);
}
