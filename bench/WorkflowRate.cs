using System.Diagnostics;
using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator;
using Serverless.Emulator.Durable;

namespace Serverless.Bench;

/// <summary>Workflows of five activities, one after the other: many at once, and one alone on an idle hub.</summary>
internal sealed class WorkflowRate : IMeasurement
{
    private const int Activities = 5, AtOnce = 50;

    public string Name => "workflows";

    public async Task<IReadOnlyList<Row>> RunAsync(Plan plan)
    {
        var counter = new CallCounter();
        await using var host = await FunctionsTestHost.StartAsync(
            builder => builder.ConfigureFunctionsWebApplication().Services.AddSingleton<HubCallPolicy>(new CountHubCalls(counter)),
            [typeof(StepsOrchestrator)],
            options => (options.Storage, options.Prefix) = (plan.Storage, Plan.NewPrefix()));
        await RunAtOnceAsync(host, 10);

        var rounds = plan.Of(quick: 2, full: 6);
        var slice = plan.Of(quick: TimeSpan.FromSeconds(1), full: TimeSpan.FromSeconds(3));
        counter.Reset();
        var turns = new Rounds(() => RawStorage.RateAsync(plan, Plan.Clients, slice), () => RateAsync(host));
        await turns.RunAsync(rounds);
        var (raw, perSecond, callsAtOnce) = (turns.Median(0), turns.Median(1), (double)counter.Count / (rounds * AtOnce));

        var alone = await RunAloneAsync(host, counter, Activities, plan.Of(quick: 10, full: 40));
        var empty = await RunAloneAsync(host, counter, 0, plan.Of(quick: 5, full: 20));
        var callsPerStep = (alone.Calls - empty.Calls) / (double)Activities;

        var rawAlone = await RawStorage.RateAsync(plan, 1, plan.Of(quick: TimeSpan.FromSeconds(1), full: TimeSpan.FromSeconds(3)));
        var inARow = 1000 / rawAlone * alone.Depth;
        return
        [
            new Row("storage calls per workflow step", "calls", callsPerStep, "1: the step's transaction", 1),
            new Row($"storage calls per workflow of {Activities} activities", "calls", alone.Calls, $"{Activities + 2}: start, {Activities} answers, end", Activities + 2),
            new Row($"workflows of {Activities} activities, {AtOnce} at once", "per s", perSecond, $"{Report.Text(raw / callsAtOnce)}: raw rate over calls", raw / callsAtOnce),
            new Row($"workflow of {Activities} activities alone, p50", "ms", alone.P50, $"{Report.Text(inARow)}: its {alone.Depth} calls in a row, raw", inARow),
        ];
    }

    private static async Task<double> RateAsync(FunctionsTestHost host)
    {
        var watch = Stopwatch.StartNew();
        await RunAtOnceAsync(host, AtOnce);
        return AtOnce / watch.Elapsed.TotalSeconds;
    }

    private static async Task RunAtOnceAsync(FunctionsTestHost host, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(_ => RunOneAsync(host, Activities)));

    private static async Task RunOneAsync(FunctionsTestHost host, int activities)
    {
        var id = await host.Workflows.ScheduleNewOrchestrationInstanceAsync(StepsOrchestrator.Name, activities);
        var ended = await host.Workflows.WaitForInstanceCompletionAsync(id);
        if (ended.RuntimeStatus != Microsoft.DurableTask.Client.OrchestrationRuntimeStatus.Completed)
            throw new InvalidOperationException($"A workflow ended as {ended.RuntimeStatus}.");
    }

    /// <summary>The fewest calls of the runs: the others met the hub's own look at itself, every two seconds.</summary>
    private static async Task<(int Calls, int Depth, double P50)> RunAloneAsync(FunctionsTestHost host, CallCounter counter, int activities, int runs)
    {
        var (calls, depth, latencies) = (int.MaxValue, int.MaxValue, new List<double>());
        for (var run = 0; run < runs; run++)
        {
            await counter.WhenQuietAsync();
            counter.Reset();
            var start = Stopwatch.GetTimestamp();
            await RunOneAsync(host, activities);
            var end = Stopwatch.GetTimestamp();
            latencies.Add(Stopwatch.GetElapsedTime(start, end).TotalMilliseconds);
            await counter.WhenQuietAsync();
            (calls, depth) = (Math.Min(calls, counter.Count), Math.Min(depth, CallCounter.Depth(counter.Calls, end)));
        }

        return (calls, depth, Percentiles.Of(latencies, 0.5));
    }

    /// <summary>The engine asks for policies of its own kind.</summary>
    private sealed class CountHubCalls(CallCounter counter) : HubCallPolicy
    {
        public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => counter.ProcessAsync(message, pipeline);

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => counter.Process(message, pipeline);
    }
}

public static class StepsOrchestrator
{
    public const string Name = "Steps";
    public const string Activity = "AddOne";

    [Function(Name)]
    public static async Task<int> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, int activities)
    {
        var sum = 0;
        for (var i = 0; i < activities; i++)
            sum = await context.CallActivityAsync<int>(Activity, sum);
        return sum;
    }

    [Function(Activity)]
    public static int AddOne([ActivityTrigger] int number) => number + 1;
}
