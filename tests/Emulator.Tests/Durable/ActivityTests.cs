using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Tests.Durable;

public class ActivityTests
{
    [Fact]
    public async Task Five_activities_in_a_row_give_their_results_to_the_orchestrator()
    {
        var tasks = new ScriptedTasks().Activity<int>("AddOne", n => n + 1).Orchestrator("Five", async context =>
        {
            var n = 0;
            for (var i = 0; i < 5; i++)
                n = await context.CallActivityAsync<int>("AddOne", n);
            return (object?)n;
        });
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Five");

        Assert.Equal(OrchestrationRuntimeStatus.Completed, end.RuntimeStatus);
        Assert.Equal(5, end.ReadOutputAs<int>());
        Assert.Equal(["AddOne(0)", "AddOne(1)", "AddOne(2)", "AddOne(3)", "AddOne(4)"], tasks.Runs);
    }

    [Fact]
    public async Task A_step_costs_one_storage_call()
    {
        var calls = new CallCounter();
        var tasks = new ScriptedTasks().Activity<int>("AddOne", n => n + 1).Orchestrator("Five", async context =>
        {
            for (var i = 0; i < 5; i++)
                await context.CallActivityAsync<int>("AddOne", i);
        });
        var options = new Serverless.Emulator.Durable.DurableOptions { WatchInterval = TimeSpan.FromHours(1) };
        await using var hub = await Hub.StartAsync(tasks, options: options, policy: calls);
        await hub.RunAsync("Five");
        var before = calls.Count;

        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Five");
        await hub.Engine.Busy.WaitForIdleAsync(new CancellationTokenSource(Hub.Deadline).Token);

        // Active row and head when it is scheduled; a transaction for the start and for each activity. The active row of each of the two is taken away once, in the background.
        Assert.Equal(8, calls.Count - before);
        Assert.InRange(calls.Removals, 0, 2);
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndOfAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_fan_out_of_a_hundred_activities_comes_together()
    {
        var tasks = new ScriptedTasks().Activity<int>("Square", n => n * n).Orchestrator("FanOut", async context =>
        {
            var squares = await Task.WhenAll(Enumerable.Range(0, 100).Select(n => context.CallActivityAsync<int>("Square", n)));
            return (object?)squares.Sum();
        });
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("FanOut", instanceId: "fan-out");

        Assert.Equal(Enumerable.Range(0, 100).Sum(n => n * n), end.ReadOutputAs<int>());
        var answers = (await hub.HistoryAsync("fan-out")).OfType<TaskCompleted>().Select(answer => answer.DecisionId).ToList();
        Assert.Equal(Enumerable.Range(0, 100), answers.Order());
    }
}
