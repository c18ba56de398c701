using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;

namespace Serverless.Emulator.Hosting;

/// <summary>Timers' locks and last runs in this process, for hosts that are all in it: what they cost in storage is most of what an idle day costs.</summary>
internal sealed class ProcessTimers(HostStartup startup) : ITimerLock, ITimerStatusStore
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Locks = new();
    private static readonly ConcurrentDictionary<string, ScheduleStatus> Statuses = new();

    public async Task<T> HoldAsync<T>(HostedFunction function, Func<Task<T>> action, CancellationToken cancellation)
    {
        var only = Locks.GetOrAdd(KeyOf(function), _ => new SemaphoreSlim(1));
        await only.WaitAsync(cancellation);
        try
        {
            return await action();
        }
        finally
        {
            only.Release();
        }
    }

    public Task<ScheduleStatus?> ReadAsync(HostedFunction function, CancellationToken cancellation) => Task.FromResult(Statuses.GetValueOrDefault(KeyOf(function)));

    public Task WriteAsync(HostedFunction function, ScheduleStatus status, CancellationToken cancellation)
    {
        Statuses[KeyOf(function)] = status;
        return Task.CompletedTask;
    }

    private string KeyOf(HostedFunction function) => $"{startup.HostId}/{function.EntryPoint}";
}
