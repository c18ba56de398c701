using NodaTime;

namespace Serverless.Banking.Devices;

/// <summary>Keeps what was done from a device, for its owner to see (PROF-17).</summary>
public sealed class RecordDeviceActivity
{
    private readonly DeviceTable table;
    private readonly TimeProvider time;
    private readonly LaterWork later;

    internal RecordDeviceActivity(DeviceTable table, TimeProvider time, LaterWork later) => (this.table, this.time, this.later) = (table, time, later);

    /// <summary>One storage call, for which nobody waits: a line that is lost with the process is missed by nobody but its reader, and money has its own books.</summary>
    /// <param name="id">Names the doing: the same id at the same moment is one line.</param>
    /// <param name="operation">As in <see cref="DeviceActivity.Operation"/>.</param>
    public void RunLater(CustomerId customer, InstallationId installation, string id, string operation, Place? place)
    {
        var activity = new DeviceActivity(customer, installation, id, operation, Instant.FromDateTimeOffset(time.GetUtcNow()), place);
        later.Start("Device activity", () => table.AddActivityAsync(activity, CancellationToken.None));
    }
}
