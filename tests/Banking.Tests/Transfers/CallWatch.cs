using System.Collections.Concurrent;
using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Tests.Transfers;

/// <summary>Tells how many storage calls have to wait for one another before an answer: those that run beside each other count once.</summary>
internal sealed class CallWatch : HttpPipelinePolicy
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(250);

    private readonly ConcurrentBag<(long Start, long End)> calls = [];

    public void On(IServiceCollection services) => services.PostConfigure<StorageOptions>(options =>
    {
        var others = options.ConfigureClient;
        options.ConfigureClient = client =>
        {
            others?.Invoke(client);
            client.AddPolicy(this, HttpPipelinePosition.PerRetry);
        };
    });

    public async Task<int> InARowAsync<T>(Func<Task<Result<T>>> act)
    {
        calls.Clear();
        var answer = await act();
        var answered = Stopwatch.GetTimestamp();
        Assert.True(answer.IsSuccess, answer.Error?.Code);

        // The longest chain of calls of which each begins after the one before has ended.
        var (depth, lastEnd) = (0, long.MinValue);
        foreach (var (start, end) in calls.Where(call => call.End <= answered).OrderBy(call => call.End))
        {
            if (start > lastEnd)
                (depth, lastEnd) = (depth + 1, end);
        }

        return depth;
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        // A network's own time, so that calls that do not wait for each other overlap on a busy machine too.
        var start = Stopwatch.GetTimestamp();
        await Task.Delay(Latency);
        await ProcessNextAsync(message, pipeline);
        calls.Add((start, Stopwatch.GetTimestamp()));
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException();
}
