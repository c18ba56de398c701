namespace Serverless.Banking.Devices;

/// <summary>Where the customer's push messages go: the device he signed in with last (NOTE-06).</summary>
public sealed class PushTokens
{
    private readonly ChangeDevices change;
    private readonly DeviceTable table;

    internal PushTokens(ChangeDevices change, DeviceTable table) => (this.change, this.table) = (change, table);

    /// <returns>Null when the customer has no device, or the last one takes no messages. One storage call.</returns>
    public async Task<string?> FindAsync(CustomerId customer, CancellationToken cancellation)
    {
        var book = await table.ReadAsync(customer, cancellation);
        return book.Devices.FirstOrDefault(device => device.Id.Value == book.Head.LastInstallation)?.PushToken;
    }

    /// <returns>The device; or <see cref="DeviceNotFound"/>.</returns>
    public Task<Result<Device>> SaveAsync(CustomerId customer, InstallationId installation, string? token, CancellationToken cancellation) => change.RunAsync<Device>(
        customer,
        (book, _, _) =>
        {
            if (book.Find(installation) is not { } device)
                return new DeviceNotFound();
            var changed = device with { PushToken = token };
            return new DeviceDecision<Device>(changed, changed == device ? null : new DeviceChange(book.Head, [changed]));
        },
        cancellation);
}
