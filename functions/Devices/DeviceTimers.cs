using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Devices;

namespace Serverless.Functions.Devices;

/// <summary>Once a day: trust that nobody uses ends (PROF-31), activity that was kept long enough is erased (PROF-30).</summary>
public sealed class WatchDevicesTimer(WatchDevices watch, TimeProvider time)
{
    [Function("Devices_Watch")]
    public async Task RunAsync([TimerTrigger("%DevicesWatchSchedule%")] TimerInfo timer, CancellationToken cancellation)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        await watch.EndDormantTrustAsync(now, cancellation);
        await watch.EraseActivityAsync(now, cancellation);
    }
}

/// <summary>Every minute: what a crash left untold of changes of devices.</summary>
public sealed class SweepDevicesTimer(WatchDevices watch, TimeProvider time)
{
    [Function("Devices_Sweep")]
    public Task RunAsync([TimerTrigger("%DevicesSweepSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        watch.SweepAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
