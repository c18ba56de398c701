using NodaTime;
using Serverless.Banking.Audit;

namespace Serverless.Banking.Devices;

public sealed record TrustRemoval(CustomerId Customer, InstallationId Installation, AuditActor Actor)
{
    /// <summary>At most 500 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Which of the customer's sessions end; always those of the device itself.</summary>
    public SessionsToEnd Ends { get; init; } = new(OnlyOfDevice: true);
}

/// <summary>Takes the trust from a device: its sessions, Smart OTP and Soft PIN end at once (PROF-18).</summary>
public sealed class RemoveTrust
{
    private readonly ChangeDevices change;

    internal RemoveTrust(ChangeDevices change) => this.change = change;

    /// <returns>The device as it is then. Or <see cref="DeviceNotFound"/>: no such device, or it was never trusted.</returns>
    public Task<Result<Device>> RunAsync(TrustRemoval removal, CancellationToken cancellation) =>
        change.RunAsync(removal.Customer, (book, id, now) => Decide(book, removal, DeviceEventKind.TrustRemoved, id, now), cancellation);

    internal static Result<DeviceDecision<Device>> Decide(DeviceBook book, TrustRemoval removal, DeviceEventKind kind, Guid id, Instant now)
    {
        if (book.Find(removal.Installation) is not { } device)
            return new DeviceNotFound();
        var isCutOff = kind == DeviceEventKind.DeviceCutOff;
        if (!device.IsTrusted && !isCutOff)
            return new DeviceNotFound();

        var bare = isCutOff ? device.CutOff() : device.WithoutTrust();
        if (bare == device)
            return new DeviceDecision<Device>(device);
        var isLast = book.Head.LastInstallation == device.Id.Value;
        var head = book.Head with
        {
            LoginsInARow = isLast ? 0 : book.Head.LoginsInARow,
            OfferedTo = book.Head.OfferedTo == device.Id.Value ? null : book.Head.OfferedTo,
        };
        return new DeviceDecision<Device>(bare, new DeviceChange(head, [bare])
        {
            Event = new DeviceEvent(id, kind, device.Id.Value, device.Name, now, removal.Actor) { Reason = removal.Reason, Ends = removal.Ends },
            Activity = new DeviceActivity(device.Customer, device.Id, id.ToString("N"), Names.Of(kind), now, Place: null),
        });
    }
}
