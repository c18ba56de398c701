using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Devices;

namespace Serverless.Functions.Devices;

[Description("What is switched on for the device that calls.")]
public sealed record SecurityResponse(
    bool RememberMe,
    [property: Description("Login by fingerprint or face.")] bool Biometrics,
    bool TrustedDevice,
    [property: Description("Null while the device is not trusted.")] Instant? TrustedAt,
    bool SmartOtp,
    bool SoftPin,
    [property: Description("Smart Pay opens with the device's key alone.")] bool SemiAuthentication)
{
    internal static SecurityResponse From(Device? device) => new(
        device?.RemembersCustomer ?? false, device?.BiometricKey is not null, device?.IsTrusted ?? false, device?.Trust?.At, device?.HasSmartOtp ?? false,
        device?.HasSoftPin ?? false, device?.HasSemiAuthentication ?? false);
}
