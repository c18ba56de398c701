namespace Serverless.Banking.Devices;

/// <summary>Declines the offer to trust a device: it comes back after three further logins, three times at most (PROF-28).</summary>
public sealed class DeclineTrust
{
    private readonly ChangeDevices change;

    internal DeclineTrust(ChangeDevices change) => this.change = change;

    /// <returns>The device. Or, first match: <see cref="DeviceNotFound"/>, <see cref="TrustNotOffered"/>.</returns>
    public Task<Result<Device>> RunAsync(CustomerId customer, InstallationId installation, CancellationToken cancellation) =>
        change.RunAsync<Device>(
            customer,
            (book, _, _) =>
            {
                if (book.Find(installation) is not { } device)
                    return new DeviceNotFound();
                if (book.Head.OfferedTo != installation.Value)
                    return new TrustNotOffered();
                var declined = device with { OffersDeclined = device.OffersDeclined + 1 };
                return new DeviceDecision<Device>(declined, new DeviceChange(book.Head with { OfferedTo = null, LoginsInARow = 0 }, [declined]));
            },
            cancellation);
}
