using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>Keeps what was done from a device, for its owner to see (PROF-17).</summary>
public sealed class RecordDeviceActivity
{
    private readonly DeviceTable table;
    private readonly TimeProvider time;

    internal RecordDeviceActivity(DeviceTable table, TimeProvider time) => (this.table, this.time) = (table, time);

    /// <summary>One storage call.</summary>
    /// <param name="id">Names the doing: the same id at the same moment is one line.</param>
    /// <param name="operation">As in <see cref="DeviceActivity.Operation"/>.</param>
    public Task RunAsync(CustomerId customer, InstallationId installation, string id, string operation, Place? place, CancellationToken cancellation) =>
        table.AddActivityAsync(
            new DeviceActivity(customer, installation, id, operation, Instant.FromDateTimeOffset(time.GetUtcNow()), place), cancellation);
}
