namespace Serverless.Banking.Devices;

/// <param name="Recent">The newest lines, newest first; at most <see cref="ListDevices.RecentAtMost"/>.</param>
public sealed record DeviceWithActivity(Device Device, IReadOnlyList<DeviceActivity> Recent);

/// <summary>A customer's devices (PROF-16).</summary>
public sealed class ListDevices
{
    public const int RecentAtMost = 3;

    private readonly DeviceTable table;

    internal ListDevices(DeviceTable table) => this.table = table;

    /// <summary>The trusted ones, oldest trust first; one storage call and one for each.</summary>
    public async Task<IReadOnlyList<DeviceWithActivity>> TrustedAsync(CustomerId customer, CancellationToken cancellation)
    {
        var book = await table.ReadAsync(customer, cancellation);
        return await Task.WhenAll(book.Trusted.Select(async device => new DeviceWithActivity(
            device, (await table.ListActivityAsync(customer, device.Id, new PageRequest(RecentAtMost, null), cancellation)).Items)));
    }

    /// <summary>Every installation, the last used first; for staff.</summary>
    public async Task<IReadOnlyList<Device>> AllAsync(CustomerId customer, CancellationToken cancellation) =>
        [.. (await table.ReadAsync(customer, cancellation)).Devices.OrderByDescending(device => device.LastLoginAt)];

    /// <summary>What was done from one device, newest first (PROF-17).</summary>
    /// <returns>Or <see cref="DeviceNotFound"/>.</returns>
    public async Task<Result<Page<DeviceActivity>>> ActivityAsync(CustomerId customer, InstallationId installation, PageRequest page, CancellationToken cancellation) =>
        await table.FindAsync(customer, installation, cancellation) is null
            ? new DeviceNotFound()
            : await table.ListActivityAsync(customer, installation, page, cancellation);
}
