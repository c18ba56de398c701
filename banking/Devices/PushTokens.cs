namespace Serverless.Banking.Devices;

/// <summary>Keeps where a device takes push messages; they go to the one that the customer signed in with last (NOTE-06).</summary>
public sealed class PushTokens
{
    private readonly ChangeDevices change;

    internal PushTokens(ChangeDevices change) => this.change = change;

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
