namespace Serverless.Banking.Devices;

/// <summary>Cuts a lost or stolen device off: everything it could do without a password is gone, and its sessions end (PROF-29).</summary>
/// <remarks>For staff, who have made sure that the caller is the customer. Told by SMS and e-mail, because the phone is in other hands.</remarks>
public sealed class CutOffDevice
{
    private readonly ChangeDevices change;

    internal CutOffDevice(ChangeDevices change) => this.change = change;

    /// <returns>The device; the same when it was cut off before. Or <see cref="DeviceNotFound"/>.</returns>
    public Task<Result<Device>> RunAsync(TrustRemoval removal, CancellationToken cancellation) =>
        change.RunAsync(removal.Customer, (book, id, now) => RemoveTrust.Decide(book, removal, DeviceEventKind.DeviceCutOff, id, now), cancellation);
}
