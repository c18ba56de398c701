using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>An installation with which a customer has signed in, and what it may do for him.</summary>
public sealed record Device(CustomerId Customer, InstallationId Id, string Name, InstallationType Type, Instant FirstSeenAt)
{
    /// <summary>Of the last login; null for a browser.</summary>
    public DeviceKey? Key { get; init; }

    public Instant LastLoginAt { get; init; }

    /// <summary>Null while the device is not trusted.</summary>
    public DeviceTrust? Trust { get; init; }

    public bool IsTrusted => Trust is not null;

    /// <summary>The customer number is kept for the entry screen (AUTH-04).</summary>
    public bool RemembersCustomer { get; init; }

    /// <summary>The key that a scan of the finger or the face unlocks; null while biometric login is off (AUTH-05).</summary>
    public DeviceKey? BiometricKey { get; init; }

    /// <summary>The code of a login is recognised without typing (AUTH-08). Only on trusted devices.</summary>
    public bool HasSmartOtp { get; init; }

    /// <summary>Codes derived from a secret replace those of SMS (AUTH-09). Only on trusted devices.</summary>
    public bool HasSoftPin => SoftPin is not null;

    /// <summary>The QR-pay menu opens with the device's key alone (AUTH-21).</summary>
    public bool HasSemiAuthentication { get; init; }

    /// <summary>The push gateway's address of this installation; opaque.</summary>
    public string? PushToken { get; init; }

    /// <summary>How often the customer has declined to trust it (PROF-28).</summary>
    public int OffersDeclined { get; init; }

    internal SoftPinSecret? SoftPin { get; init; }
}

/// <summary>How a device came to be trusted.</summary>
/// <param name="KeyThumbprint">The trusted key's; another key on the same installation ends the trust.</param>
/// <param name="Session">In which it was done; biometrics may be switched on in it without the password (PROF-14).</param>
public sealed record DeviceTrust(Instant At, TrustMethod Method, string KeyThumbprint, string? Session = null);

public enum TrustMethod
{
    /// <summary>Offered after the third login in a row (PROF-13).</summary>
    Offer,

    /// <summary>By the chip of the identity document (PROF-14).</summary>
    Document,
}
