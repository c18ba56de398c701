namespace Serverless.Banking.Devices;

/// <summary>One installation of a customer.</summary>
public sealed class FindDevice
{
    private readonly DeviceTable table;

    internal FindDevice(DeviceTable table) => this.table = table;

    /// <returns>Null when the customer has never signed in with it. One storage call.</returns>
    public Task<Device?> RunAsync(CustomerId customer, InstallationId installation, CancellationToken cancellation) =>
        table.FindAsync(customer, installation, cancellation);
}
