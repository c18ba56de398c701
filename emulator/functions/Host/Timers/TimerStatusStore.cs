using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Emulator.Hosting;

internal sealed class TimerStatusStore
{
    private readonly ConcurrentDictionary<string, ScheduleStatus> all = new();

    public Task<ScheduleStatus?> ReadAsync(HostedFunction function, CancellationToken cancellation) => Task.FromResult(all.GetValueOrDefault(function.Name));

    public Task WriteAsync(HostedFunction function, ScheduleStatus status, CancellationToken cancellation)
    {
        all[function.Name] = status;
        return Task.CompletedTask;
    }
}
