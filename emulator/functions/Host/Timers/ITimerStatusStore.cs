using Microsoft.Azure.Functions.Worker;

namespace Serverless.Emulator.Hosting;

/// <summary>Remembers each timer's last and next run beyond the host's end.</summary>
internal interface ITimerStatusStore
{
    /// <returns>Null for a timer that has never been seen, or whose record cannot be read.</returns>
    Task<ScheduleStatus?> ReadAsync(HostedFunction function, CancellationToken cancellation);

    Task WriteAsync(HostedFunction function, ScheduleStatus status, CancellationToken cancellation);
}
