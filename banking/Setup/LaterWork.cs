using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Serverless.Banking;

/// <summary>What follows an answer without the customer waiting for it. It may be lost with the process: only what a sweeper does too.</summary>
internal sealed partial class LaterWork(ILogger<LaterWork> log) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<Task, Nothing> running = new();

    /// <param name="what">For the log: what is left to the sweeper when it fails.</param>
    public void Start(string what, Func<Task> work)
    {
        var task = RunQuietlyAsync(what, work);
        running[task] = default;
        _ = task.ContinueWith(done => running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
    }

    /// <summary>Waits for what is under way: at shutdown, and before a test looks.</summary>
    public Task DrainAsync() => Task.WhenAll(running.Keys);

    public async ValueTask DisposeAsync() => await DrainAsync();

    private async Task RunQuietlyAsync(string what, Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (Exception e)
        {
            LogLeft(what, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{What} is left to the sweeper")]
    private partial void LogLeft(string what, Exception exception);
}
