using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.2, and the illegal awaits of 6.1.</summary>
public class DeterminismTests
{
    [Fact]
    public async Task Time_and_guids_are_the_same_at_every_replay()
    {
        var seen = new List<string>();
        var tasks = new ScriptedTasks().Activity<object>("Any", _ => null).Orchestrator("Looks", async context =>
        {
            var first = context.NewGuid();
            var other = context.NewGuid();
            seen.Add($"{context.CurrentUtcDateTime:O} {context.CurrentUtcDateTime.Kind} {first} {other}");
            Assert.NotEqual(first, other);
            Assert.Equal(5, first.Version);
            await context.CallActivityAsync("Any");
            await context.CallActivityAsync("Any");
        });
        await using var hub = await Hub.StartAsync(tasks);

        await hub.RunAsync("Looks");

        Assert.Equal(3, seen.Count);
        Assert.Single(seen.Distinct());
        Assert.Contains("Utc", seen[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_replay_safe_logger_writes_once()
    {
        var replays = new List<bool>();
        var tasks = new ScriptedTasks().Activity<object>("Any", _ => null).Orchestrator("Logs", async context =>
        {
            context.CreateReplaySafeLogger("any").LogInformation("once");
            replays.Add(context.IsReplaying);
            await context.CallActivityAsync("Any");
            replays.Add(context.IsReplaying);
        });
        await using var hub = await Hub.StartAsync(tasks);

        await hub.RunAsync("Logs");

        Assert.Equal([false, true, false], replays);
    }

    [Theory]
    [InlineData("name", "its history has activity 'A' as action #0, but the replayed code asked for activity 'B' instead")]
    [InlineData("kind", "its history has activity 'A' as action #0, but the replayed code asked for timer instead")]
    [InlineData("gone", "its history has activity 'A' as action #0, but the replayed code did not ask for it at that point")]
    public async Task A_replay_that_goes_another_way_fails_the_instance(string change, string expected)
    {
        var isChanged = false;
        var tasks = new ScriptedTasks().Activity<object>("A", _ => null).Activity<object>("B", _ => null).Orchestrator("Changes", async context =>
        {
            var isNew = isChanged;
            isChanged = true;
            var call = (isNew ? change : "") switch
            {
                "name" => context.CallActivityAsync("B"),
                "kind" => context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None),
                "gone" => context.WaitForExternalEvent<string>("never"),
                _ => context.CallActivityAsync("A"),
            };
            await call;
        });
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Changes");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal("DurableTask.Core.Exceptions.NonDeterministicOrchestrationException", end.FailureDetails!.ErrorType);
        Assert.Contains(expected, end.FailureDetails.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Awaiting_something_that_is_not_durable_fails_the_instance()
    {
        var tasks = new ScriptedTasks().Orchestrator("Delays", async context =>
        {
            _ = context.InstanceId;
            await Task.Delay(1);
        });
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Delays");

        Assert.Equal(typeof(InvalidOperationException).FullName, end.FailureDetails!.ErrorType);
        Assert.StartsWith("An invalid asynchronous invocation was detected.", end.SerializedOutput, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_context_refuses_a_caller_on_another_thread()
    {
        var tasks = new ScriptedTasks().Activity<object>("Any", _ => null).Orchestrator("Hops", async context =>
        {
            var open = context.WaitForExternalEvent<string>("never");
            await Task.Delay(1).ConfigureAwait(false);
            await Task.WhenAny(open, context.CallActivityAsync("Any"));
        });
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Hops");

        Assert.Equal(typeof(InvalidOperationException).FullName, end.FailureDetails!.ErrorType);
        Assert.Empty(tasks.Runs);
    }

    [Fact]
    public async Task Activities_that_nobody_awaits_keep_the_instance_open()
    {
        var gate = new TaskCompletionSource<object?>();
        var tasks = new ScriptedTasks().ActivityAsync<object>("Slow", _ => gate.Task).Orchestrator("Leaves", context =>
        {
            _ = context.CallActivityAsync("Slow");
            context.SetCustomStatus("returned");
            return Task.CompletedTask;
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Leaves");
        Assert.True((await hub.UntilAsync(id, instance => instance.SerializedCustomStatus is not null)).IsRunning);

        gate.SetResult(null);

        Assert.True((await hub.EndOfAsync(id)).IsCompleted);
        Assert.Single((await hub.HistoryAsync(id)).OfType<TaskCompleted>());
    }
}
