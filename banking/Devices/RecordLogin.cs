using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Devices;

/// <param name="LoginId">Names the login: the same id again records nothing more and answers the same.</param>
/// <param name="RemembersCustomer">What the customer chose on the login screen (AUTH-04); null when he was not asked.</param>
public sealed record LoginToRecord(CustomerId Customer, Installation Installation, string LoginId, LoginMethod Method)
{
    public bool? RemembersCustomer { get; init; }

    public Place? Place { get; init; }

    /// <summary>When the customer last recovered a forgotten password: for a day after it nothing is offered to be trusted (AUTH-27).</summary>
    public Instant? RecoveredAt { get; init; }
}

/// <summary>How the customer showed who he is; told in the device's activity.</summary>
public enum LoginMethod
{
    /// <summary>Password and a typed code.</summary>
    Password,

    /// <summary>Password and a code that the trusted device gave by itself (AUTH-08).</summary>
    SmartOtp,

    /// <summary>Password and a Soft PIN (AUTH-11).</summary>
    SoftPin,

    /// <summary>A scan and a typed code (AUTH-06).</summary>
    BiometricsAndCode,

    /// <summary>A scan on a trusted device; its code was given by itself (AUTH-07).</summary>
    Biometrics,

    /// <summary>The device's key alone, for the QR-pay menu (AUTH-21).</summary>
    SemiAuthentication,
}

/// <param name="OfferTrust">The app asks now whether to trust the device (PROF-13).</param>
/// <param name="Device">As it is after the login.</param>
public sealed record LoginRecorded(bool OfferTrust, bool DeviceTrusted, Device Device);

/// <summary>Keeps what a completed login says about the device: the run of logins, the key, the name, the activity.</summary>
/// <remarks>A key other than the trusted one ends the trust, the biometrics and the semi-authentication of the installation (PROF-27).</remarks>
public sealed class RecordLogin
{
    private const int LoginsBeforeOffer = 3;
    private const int OfferReturnsAtMost = 3;
    internal static readonly Duration RecoveryShadow = Duration.FromHours(24);

    private readonly ChangeDevices change;
    private readonly DeviceTable table;
    private readonly DeviceDue due;
    private readonly DevicesOptions options;

    internal RecordLogin(ChangeDevices change, DeviceTable table, DeviceDue due, IOptions<DevicesOptions> options) =>
        (this.change, this.table, this.due, this.options) = (change, table, due, options.Value);

    /// <summary>Two storage calls; one more for a new installation, and one for a remembered customer.</summary>
    /// <exception cref="ArgumentException">An installation of the app without a good key: the caller checks it before the password.</exception>
    public async Task<LoginRecorded> RunAsync(LoginToRecord login, CancellationToken cancellation)
    {
        var key = DeviceKey.Find(login.Installation.PublicKeyJwk);
        if (key is null && login.Installation.Type != InstallationType.Web)
            throw new ArgumentException("An installation of the app has a P-256 key.", nameof(login));

        var recorded = await change.RunAsync(login.Customer, (book, id, now) => Decide(book, login, key, id, now, cancellation), cancellation);
        var device = recorded.Value!.Device;
        if (device.RemembersCustomer)
            await table.RememberAsync(device.Id, device.Customer, cancellation);
        return recorded.Value;
    }

    private Result<DeviceDecision<LoginRecorded>> Decide(DeviceBook book, LoginToRecord login, DeviceKey? key, Guid id, Instant now, CancellationToken cancellation)
    {
        var known = book.Find(login.Installation.Id);
        if (known is not null && book.Head.LastLogin == login.LoginId)
            return new DeviceDecision<LoginRecorded>(new LoginRecorded(book.Head.OfferedTo == known.Id.Value, known.IsTrusted, known));

        var isOtherKey = known is not null && known.Key != key;
        var device = (known is null ? new Device(login.Customer, login.Installation.Id, login.Installation.Name, login.Installation.Type, now)
            : isOtherKey ? known.WithoutTrust() with { BiometricKey = null, HasSemiAuthentication = false, OffersDeclined = 0 }
            : known) with
        {
            Name = login.Installation.Name,
            Type = login.Installation.Type,
            Key = key,
            LastLoginAt = now,
            RemembersCustomer = login.RemembersCustomer is true || (known?.RemembersCustomer ?? false),
        };

        var row = book.Head.LastInstallation == device.Id.Value && !isOtherKey ? book.Head.LoginsInARow + 1 : 1;
        var head = book.Head with { RecoveredAt = login.RecoveredAt };
        var mayOffer = device is { IsTrusted: false, Type: not InstallationType.Web, OffersDeclined: <= OfferReturnsAtMost }
            && row >= LoginsBeforeOffer && !IsShadowed(head, now);
        head = head with
        {
            LastInstallation = device.Id.Value,
            LoginsInARow = row,
            LastLogin = login.LoginId,
            OfferedTo = mayOffer ? device.Id.Value : null,
        };
        return new DeviceDecision<LoginRecorded>(
            new LoginRecorded(mayOffer, device.IsTrusted, device),
            new DeviceChange(head, [device])
            {
                Event = known is { IsTrusted: true } && isOtherKey
                    ? new DeviceEvent(id, DeviceEventKind.TrustRemoved, device.Id.Value, device.Name, now, AuditActor.Bank("devices")) { Reason = "another key" }
                    : null,
                Before = known is null ? () => due.WatchRetentionAsync(device.Customer, device.Id, options.TooOldAt(now), cancellation) : null,
                Activity = new DeviceActivity(device.Customer, device.Id, id.ToString("N"), $"login_{Names.Of(login.Method)}", now, login.Place),
            });
    }

    /// <summary>A recovered password does not soon lead to a trusted device (AUTH-27).</summary>
    internal static bool IsShadowed(DeviceHead head, Instant now) => head.RecoveredAt is { } recovered && now < recovered + RecoveryShadow;
}
