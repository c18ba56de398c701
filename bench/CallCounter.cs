using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Bench;

/// <summary>One storage call: what, and when it ran.</summary>
internal sealed record StorageCall(string What, int Status, long Start, long End);

/// <summary>Counts the HTTP requests that a storage client sends.</summary>
internal sealed class CallCounter : HttpPipelinePolicy
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(30);

    private readonly ConcurrentQueue<StorageCall> calls = new();
    private int inFlight;
    private long lastChange = Stopwatch.GetTimestamp();

    public IReadOnlyList<StorageCall> Calls => [.. calls];

    public int Count => calls.Count;

    /// <summary>Added to every call, so that calls made side by side are seen to overlap on a busy machine too.</summary>
    public TimeSpan Slowness { get; set; }

    public void Reset() => calls.Clear();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Interlocked.Increment(ref inFlight);
        var start = Stopwatch.GetTimestamp();
        try
        {
            if (Slowness > TimeSpan.Zero)
                await Task.Delay(Slowness);
            await ProcessNextAsync(message, pipeline);
        }
        finally
        {
            var end = Stopwatch.GetTimestamp();
            calls.Enqueue(new StorageCall($"{message.Request.Method} {What(message.Request)}", message.HasResponse ? message.Response.Status : 0, start, end));
            Volatile.Write(ref lastChange, end);
            Interlocked.Decrement(ref inFlight);
        }
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
        throw new NotSupportedException("Storage is called asynchronously.");

    /// <summary>Waits until no call has run for a moment: what an operation does after its answer is done then.</summary>
    public async Task WhenQuietAsync()
    {
        while (Volatile.Read(ref inFlight) > 0 || Stopwatch.GetElapsedTime(Volatile.Read(ref lastChange)) < Quiet)
            await Task.Delay(5);
    }

    /// <summary>How many calls ran one after the other, at most, in the longest chain that had ended by the time given.</summary>
    public static int Depth(IEnumerable<StorageCall> calls, long answeredAt)
    {
        var (depth, lastEnd) = (0, long.MinValue);
        foreach (var call in calls.Where(call => call.End <= answeredAt).OrderBy(call => call.End))
        {
            if (call.Start < lastEnd)
                continue;
            depth++;
            lastEnd = call.End;
        }

        return depth;
    }

    private static string What(Request request)
    {
        var path = Uri.UnescapeDataString(request.Uri.Path ?? "").Split('/')[^1];
        return path.Split('(')[0];
    }
}
