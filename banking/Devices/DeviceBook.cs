using Azure;
using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Devices;

/// <summary>Everything about a customer's devices but their activity, as read at one moment.</summary>
/// <param name="HeadETag">Null while there is no head row.</param>
/// <param name="Events">Changes that somebody is still to be told of.</param>
internal sealed record DeviceBook(
    CustomerId Customer, DeviceHead Head, ETag? HeadETag, IReadOnlyList<Device> Devices, IReadOnlyList<DeviceEvent> Events)
{
    public Device? Find(InstallationId id) => Devices.FirstOrDefault(device => device.Id == id);

    public IEnumerable<Device> Trusted => Devices.Where(device => device.IsTrusted).OrderBy(device => device.Trust!.At);
}

/// <param name="LastInstallation">With which the customer signed in last; also where push messages go.</param>
/// <param name="LoginsInARow">On that installation, since the offer was declined or the trust removed.</param>
/// <param name="LastLogin">The id of that login: recording it again changes nothing.</param>
/// <param name="OfferedTo">The installation that may be trusted by a tap now.</param>
/// <param name="RecoveredAt">When a forgotten password was last replaced, as known at the last login.</param>
internal sealed record DeviceHead(string? LastInstallation, long LoginsInARow, string? LastLogin, string? OfferedTo, Instant? RecoveredAt)
{
    public static DeviceHead Empty { get; } = new(null, 0, null, null, null);
}

/// <summary>What is written together: all of it or nothing.</summary>
internal sealed record DeviceChange(DeviceHead Head, IReadOnlyList<Device> Devices)
{
    public DeviceEvent? Event { get; init; }

    public DeviceActivity? Activity { get; init; }

    /// <summary>What must be there before the rest is: a pointer for a timer.</summary>
    public Func<Task>? Before { get; init; }
}

/// <summary>A change of what a device may do, kept until the customer, the trail and the sessions know of it.</summary>
internal sealed record DeviceEvent(Guid Id, DeviceEventKind Kind, string Installation, string DeviceName, Instant At, AuditActor Actor)
{
    public string? Reason { get; init; }

    /// <summary>Null ends none.</summary>
    public SessionsToEnd? Ends { get; init; }
}

/// <summary>Its snake_case name is the action in the audit trail and in the device's activity.</summary>
internal enum DeviceEventKind
{
    DeviceTrusted,
    TrustRemoved,

    /// <summary>The device was not used for long (PROF-31).</summary>
    TrustDormant,

    /// <summary>By staff, because it was lost or stolen (PROF-29).</summary>
    DeviceCutOff,
    BiometricsOn,
    BiometricsOff,
    SmartOtpOn,
    SmartOtpOff,
    SoftPinOn,
    SoftPinOff,
    RememberMeOn,
    RememberMeOff,
    SemiAuthenticationOn,
    SemiAuthenticationOff,
}
