using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Devices;

/// <summary>Whether somebody the bank trusts vouches for a phone: that it is neither rooted nor jailbroken and that the key lies in its secure hardware (PROF-27).</summary>
/// <remarks>Source: docs/partners.md, Device attestation: a compact JWS (ES256) over the verdict, the key's thumbprint, the nonce and an expiry.</remarks>
internal sealed class DeviceAttestations(IOptions<DevicesOptions> options, TimeProvider time)
{
    public const string Type = "device-attestation+jwt";

    private readonly Lazy<IReadOnlyList<P256Key>> keys = new(() => [.. options.Value.AttestationKeys.Select(P256Key.Parse)]);

    /// <param name="attestation">As the app got it for this nonce.</param>
    public bool IsGenuine(string attestation, string nonce, DeviceKey? key) =>
        CompactJws.Find(attestation) is { Type: Type } jws
        && keys.Value.Any(jws.IsSignedBy)
        && jws.Text("device") == "genuine"
        && jws.Text("key") == key?.Thumbprint
        && jws.Text("nonce") == nonce
        && jws.Number("exp") > Instant.FromDateTimeOffset(time.GetUtcNow()).ToUnixTimeSeconds();
}
