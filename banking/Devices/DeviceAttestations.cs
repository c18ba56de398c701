using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>Whether somebody the bank trusts vouches for a phone: that it is neither rooted nor jailbroken and that the key lies in its secure hardware (PROF-27).</summary>
/// <remarks>Source: docs/partners.md, Device attestation: a compact JWS (ES256) over the verdict, the key's thumbprint, the nonce and an expiry.</remarks>
internal sealed class DeviceAttestations(IOptions<DevicesOptions> options, TimeProvider time)
{
    private readonly Lazy<IReadOnlyList<DeviceKey>> keys = new(() => [.. options.Value.AttestationKeys.Select(key => DeviceKey.Find(key)!)]);

    /// <param name="attestation">As the app got it for this nonce.</param>
    public bool IsGenuine(string attestation, string nonce, DeviceKey? key)
    {
        if (attestation.Split('.') is not [var header, var payload, var signature] || !new[] { header, payload, signature }.All(part => Base64Url.IsValid(part)))
            return false;
        try
        {
            return JsonSerializer.Deserialize<Header>(Base64Url.DecodeFromChars(header), JsonSerializerOptions.Web) is { Alg: "ES256" }
                && keys.Value.Any(known => known.Verifies(Encoding.UTF8.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature)))
                && JsonSerializer.Deserialize<Verdict>(Base64Url.DecodeFromChars(payload), JsonSerializerOptions.Web) is { Device: "genuine" } verdict
                && verdict.Key == key?.Thumbprint
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(verdict.Nonce ?? ""), Encoding.UTF8.GetBytes(nonce))
                && Instant.FromUnixTimeSeconds(verdict.Exp) > Instant.FromDateTimeOffset(time.GetUtcNow());
        }
        catch (Exception e) when (e is JsonException or ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    private sealed record Header(string? Alg);

    private sealed record Verdict(string? Device, string? Key, string? Nonce, long Exp);
}
