using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.5.</summary>
public class ContinueAsNewTests
{
    [Fact]
    public async Task A_new_generation_has_the_same_id_an_empty_history_and_the_new_input()
    {
        var tasks = new ScriptedTasks().Activity<int>("AddOne", n => n + 1).Orchestrator("Counts", async context =>
        {
            var n = await context.CallActivityAsync<int>("AddOne", context.GetInput<int>());
            if (n == 5)
                return n;
            context.ContinueAsNew(n);
            return (object?)"ignored";
        });
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Counts", 0, "counts");

        Assert.Equal(5, end.ReadOutputAs<int>());
        Assert.Equal(4, end.ReadInputAs<int>());
        Assert.Single((await hub.HistoryAsync("counts")).OfType<TaskScheduled>());
    }

    [Fact]
    public async Task A_function_that_throws_after_ContinueAsNew_fails()
    {
        var tasks = new ScriptedTasks().Orchestrator("Throws", context =>
        {
            context.ContinueAsNew();
            throw new InvalidOperationException("no");
        });
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(OrchestrationRuntimeStatus.Failed, (await hub.RunAsync("Throws")).RuntimeStatus);
    }

    [Theory]
    [InlineData(true, "abc")]
    [InlineData(false, "ac")]
    public async Task Buffered_events_go_to_the_next_generation_if_they_are_preserved(bool preserve, string expected)
    {
        var gate = new TaskCompletionSource();
        var tasks = new ScriptedTasks()
            .ActivityAsync<object>("Gate", async _ =>
            {
                await gate.Task;
                return null;
            })
            .Orchestrator("Collects", async context =>
            {
                var got = context.GetInput<string>() ?? "";
                got += await context.WaitForExternalEvent<string>("e");
                if (got.EndsWith('c'))
                    return got;
                if (got == "a")
                    await context.CallActivityAsync("Gate");
                context.ContinueAsNew(got, preserve);
                return (object?)null;
            });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Collects");
        await hub.Client.RaiseEventAsync(id, "e", "a");
        await hub.Client.RaiseEventAsync(id, "e", "b");
        await WaitForEventsAsync(hub, id, 2);

        gate.SetResult();
        await hub.UntilAsync(id, instance => preserve ? instance.ReadInputAs<string>() == "ab" : instance.ReadInputAs<string>() == "a");
        await hub.Client.RaiseEventAsync(id, "e", "c");

        Assert.Equal(expected, (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    private static async Task WaitForEventsAsync(Hub hub, string id, int count)
    {
        using var deadline = new CancellationTokenSource(Hub.Deadline);
        while ((await hub.HistoryAsync(id)).OfType<EventRaised>().Count() < count)
            await Task.Delay(5, deadline.Token);
    }
}
