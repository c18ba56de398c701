using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>The process dies at any storage call; the next one goes on.</summary>
public class CrashTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task For_every_storage_call_a_process_that_dies_there_loses_nothing(bool afterEffect)
    {
        for (var call = 1; ; call++)
        {
            var name = "crash" + Guid.NewGuid().ToString("N")[..12];
            var dying = new DyingProcess(call, afterEffect);
            var first = await Hub.StartAsync(Tasks(), name, policy: dying);
            var wasAccepted = await TryScheduleAsync(first);
            await Task.WhenAny(dying.Died, first.EndOfAsync("main"));
            first.Kill();

            await using var second = await Hub.StartAsync(Tasks(), name);
            if (!wasAccepted && await second.Client.GetInstanceAsync("main") is null)
                await second.Client.ScheduleNewOrchestrationInstanceAsync("Main", 1, new StartOrchestrationOptions("main"));

            var end = await second.EndOfAsync("main");
            Assert.True(end.RuntimeStatus == OrchestrationRuntimeStatus.Completed, $"call {call}: {end} {end.SerializedOutput}");
            Assert.Equal("13 23 got hello", end.ReadOutputAs<string>());
            Assert.Equal(OrchestrationRuntimeStatus.Completed, (await second.EndOfAsync("listener")).RuntimeStatus);
            await AssertNothingTwiceAsync(second, "main");
            await AssertNothingTwiceAsync(second, "listener");
            Assert.Superset(new HashSet<string> { "AddTwo(1)", "AddTwo(10)", "AddTwo(20)" }, second.Tasks.Runs.Concat(first.Tasks.Runs).ToHashSet());
            if (!dying.HasDied)
                return;
        }
    }

    [Fact]
    public async Task Fifty_instances_survive_restarts_in_their_midst()
    {
        const int Count = 50;
        var name = "many" + Guid.NewGuid().ToString("N")[..12];
        var hub = await Hub.StartAsync(Tasks(), name);
        await Task.WhenAll(Enumerable.Range(0, Count).Select(n =>
            hub.Client.ScheduleNewOrchestrationInstanceAsync("Five", n, new StartOrchestrationOptions($"i{n:D2}"))));

        for (var restart = 1; restart <= 4; restart++)
        {
            var goal = restart * Count;
            using var deadline = new CancellationTokenSource(Hub.Deadline);
            while (hub.Tasks.Runs.Count < goal / 2 && !hub.Engine.Busy.IsIdle)
                await Task.Delay(1, deadline.Token);
            hub.Kill();
            hub = await Hub.StartAsync(Tasks(), name);
        }

        for (var n = 0; n < Count; n++)
        {
            var end = await hub.EndOfAsync($"i{n:D2}");
            Assert.Equal(n + 10, end.ReadOutputAs<int>());
            await AssertNothingTwiceAsync(hub, $"i{n:D2}");
        }

        await hub.DisposeAsync();
    }

    [Fact]
    public async Task A_hub_that_another_process_took_over_is_left_alone_and_can_still_be_told_things()
    {
        var options = new DurableOptions { WatchInterval = TimeSpan.FromMilliseconds(20) };
        await using var first = await Hub.StartAsync(Tasks(), options: options);
        await first.Client.ScheduleNewOrchestrationInstanceAsync("Listener", new StartOrchestrationOptions("listener"));
        await first.UntilAsync("listener", instance => instance.IsRunning);
        await using var second = await Hub.StartAsync(Tasks(), first.Name, options: options);
        using var deadline = new CancellationTokenSource(Hub.Deadline);
        while (!first.Engine.IsStopped)
            await Task.Delay(5, deadline.Token);

        await first.Client.RaiseEventAsync("listener", "hello", "hello");

        Assert.Equal("hello", (await first.EndOfAsync("listener")).ReadOutputAs<string>());
    }

    private static ScriptedTasks Tasks() => new ScriptedTasks()
        .Activity<int>("AddTwo", n => n + 2)
        .Orchestrator("Five", async context =>
        {
            var n = context.GetInput<int>();
            for (var i = 0; i < 5; i++)
                n = await context.CallActivityAsync<int>("AddTwo", n);
            return (object?)n;
        })
        .Orchestrator("Listener", async context => (object?)await context.WaitForExternalEvent<string>("hello"))
        .Orchestrator("Child", async context => (object?)await context.CallActivityAsync<int>("AddTwo", context.GetInput<int>()))
        .Orchestrator("Main", async context =>
        {
            var n = await context.CallActivityAsync<int>("AddTwo", context.GetInput<int>());
            var listener = context.CallSubOrchestratorAsync<string>("Listener", new SubOrchestrationOptions(instanceId: "listener"));
            var both = await Task.WhenAll(context.CallActivityAsync<int>("AddTwo", 10), context.CallSubOrchestratorAsync<int>("Child", 20));
            await context.CreateTimer(TimeSpan.FromMilliseconds(5), CancellationToken.None);
            context.SendEvent("listener", "hello", "hello");
            return (object?)$"{n + 10} {both[1] + 1} got {await listener}";
        });

    private static async Task<bool> TryScheduleAsync(Hub hub)
    {
        try
        {
            await hub.Client.ScheduleNewOrchestrationInstanceAsync("Main", 1, new StartOrchestrationOptions("main"));
            return true;
        }
        catch (ProcessDiedException)
        {
            return false;
        }
    }

    private static async Task AssertNothingTwiceAsync(Hub hub, string id)
    {
        var history = await hub.HistoryAsync(id);
        var decisions = history.OfType<Decision>().Select(decision => decision.Id).ToList();
        var answers = history.OfType<Answer>().Select(answer => answer.DecisionId).ToList();
        var events = history.OfType<EventRaised>().Select(raised => raised.MessageId).ToList();
        Assert.Equal(Enumerable.Range(0, decisions.Count), decisions);
        Assert.Equal(answers.Distinct().Count(), answers.Count);
        Assert.Equal(events.Distinct().Count(), events.Count);
    }

    private sealed class ProcessDiedException : Exception;

    /// <summary>From the n-th storage call on nothing reaches storage, or no answer comes back from that one and nothing after it.</summary>
    private sealed class DyingProcess(int call, bool afterEffect) : HubCallPolicy
    {
        private readonly TaskCompletionSource died = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private int count;

        public Task Died => died.Task;

        public bool HasDied => died.Task.IsCompleted;

        public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) =>
            ProcessAsync(message, pipeline).AsTask().GetAwaiter().GetResult();

        public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
        {
            var number = Interlocked.Increment(ref count);
            if (number < call || (number == call && afterEffect))
                await ProcessNextAsync(message, pipeline);
            if (number < call)
                return;

            died.TrySetResult();
            throw new ProcessDiedException();
        }
    }
}
