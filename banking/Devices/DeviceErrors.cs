using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>The operation needs a device that the customer has authorised (PROF-11).</summary>
public sealed record DeviceNotTrusted() : Forbidden("device_not_trusted");

/// <summary>The customer has no such device.</summary>
public sealed record DeviceNotFound() : NotFound("device_not_found");

/// <summary>Two devices are trusted already; one must be deactivated first (PROF-12).</summary>
public sealed record TrustedDeviceLimit(IReadOnlyList<TrustedDeviceName> Devices) : Conflict("trusted_device_limit");

public sealed record TrustedDeviceName(string Id, string Name, InstallationType Type);

/// <summary>The bank has not offered to trust this device (PROF-13).</summary>
public sealed record TrustNotOffered() : Conflict("not_offered");

/// <summary>The password was recovered less than a day ago: only the identity document authorises a device now (AUTH-27).</summary>
public sealed record TrustNeedsDocument(Instant Until) : Conflict("trust_needs_document");

/// <summary>The phone is rooted or jailbroken, or nobody vouches for its key (PROF-27).</summary>
public sealed record DeviceIntegrity() : Refused("device_integrity");

/// <summary>The phone can scan neither finger nor face (AUTH-05).</summary>
public sealed record DeviceNotCapable() : Refused("device_not_capable");

/// <summary>Biometric login is off on this device, or the device is unknown (AUTH-06).</summary>
public sealed record BiometricNotEnabled() : Refused("biometric_not_enabled");

/// <summary>The nonce was not signed with the key that the bank knows.</summary>
public sealed record BadSignature() : Refused("bad_signature");

/// <summary>Not a nonce of the bank for this purpose and installation.</summary>
public sealed record NonceInvalid() : Refused("nonce_invalid");

public sealed record NonceExpired() : Refused("nonce_expired");

/// <summary>A nonce is used once.</summary>
public sealed record NonceUsed() : Refused("nonce_used");

/// <summary>Another option cannot be without this one (PROF-10).</summary>
/// <param name="Option">The one that must be switched off first.</param>
public sealed record DependentOptionOn(DeviceOption Option) : Conflict("dependent_option_on");

/// <summary>Biometric login is switched on by a scan, not by a switch (PROF-10).</summary>
public sealed record BiometricsNeedScan() : Refused("biometrics_need_scan");

public sealed record SoftPinDisabled() : Refused("soft_pin_disabled");

public sealed record SoftPinWrong() : Refused("soft_pin_wrong");

/// <summary>The code was right once: its time is over, or it was used.</summary>
public sealed record SoftPinExpired() : Refused("soft_pin_expired");

/// <summary>No customer is remembered on this installation (AUTH-04).</summary>
public sealed record NotRemembered() : NotFound("not_remembered");

/// <summary>The QR-pay menu asks for the full login on this device (AUTH-21).</summary>
public sealed record SemiAuthenticationOff() : Refused("semi_authentication_off");

/// <summary>Not the public part of a P-256 key.</summary>
public sealed record PublicKeyInvalid(string Field) : Invalid("public_key_invalid", Field);
