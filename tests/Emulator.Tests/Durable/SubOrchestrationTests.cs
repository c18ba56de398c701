using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.9 and 6.10.</summary>
public class SubOrchestrationTests
{
    [Fact]
    public async Task A_child_knows_its_parent_and_gives_it_the_result()
    {
        var tasks = new ScriptedTasks()
            .Orchestrator("Child", context => Task.FromResult<object?>($"{context.Parent!.Name.Name} {context.Parent.InstanceId} {context.GetInput<int>()}"))
            .Orchestrator("Parent", async context => (object?)$"{context.Parent is null} {await context.CallSubOrchestratorAsync<string>("Child", 7)}");
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Parent", instanceId: "parent");

        Assert.Equal("True Parent parent 7", end.ReadOutputAs<string>());
        Assert.Matches("^[0-9a-f]{32}$", (await hub.HistoryAsync("parent")).OfType<ChildCreated>().Single().InstanceId);
    }

    [Fact]
    public async Task A_child_may_have_a_fixed_id_again_and_again()
    {
        var tasks = new ScriptedTasks()
            .Orchestrator("Child", context => Task.FromResult<object?>(context.GetInput<int>() * 2))
            .Orchestrator("Parent", async context =>
            {
                var options = new SubOrchestrationOptions(instanceId: "the-child");
                var first = await context.CallSubOrchestratorAsync<int>("Child", 1, options);
                return (object?)(first + await context.CallSubOrchestratorAsync<int>("Child", 10, options));
            });
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(22, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
        Assert.NotNull(await hub.Client.GetInstanceAsync("the-child"));
    }

    [Fact]
    public async Task Twenty_children_at_once_come_together()
    {
        var tasks = new ScriptedTasks()
            .Activity<int>("Double", n => n * 2)
            .Orchestrator("Child", async context => (object?)await context.CallActivityAsync<int>("Double", context.GetInput<int>()))
            .Orchestrator("Parent", async context => (object?)(await Task.WhenAll(
                Enumerable.Range(1, 20).Select(n => context.CallSubOrchestratorAsync<int>("Child", n)))).Sum());
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(420, (await hub.RunAsync("Parent")).ReadOutputAs<int>());
    }

    [Theory]
    [InlineData(true, OrchestrationRuntimeStatus.Terminated)]
    [InlineData(false, OrchestrationRuntimeStatus.Running)]
    public async Task Children_are_terminated_only_recursively(bool recursive, OrchestrationRuntimeStatus expected)
    {
        var tasks = new ScriptedTasks()
            .Orchestrator("Child", context => context.WaitForExternalEvent<string>("never"))
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync("Child", new SubOrchestrationOptions(instanceId: "child")));
        await using var hub = await Hub.StartAsync(tasks);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Parent", new StartOrchestrationOptions("parent"));
        await hub.UntilAsync("child", instance => instance.IsRunning);

        await hub.Client.TerminateInstanceAsync("parent", new TerminateInstanceOptions("over", recursive));

        Assert.Equal("over", (await hub.EndOfAsync("parent")).ReadOutputAs<string>());
        await hub.Engine.Busy.WaitForIdleAsync(new CancellationTokenSource(Hub.Deadline).Token);
        Assert.Equal(expected, (await hub.Client.GetInstanceAsync("child"))!.RuntimeStatus);
    }

    [Fact]
    public async Task The_last_custom_status_before_a_yield_wins_and_survives_the_end()
    {
        var tasks = new ScriptedTasks().Activity<object>("Any", _ => null).Orchestrator("Tells", async context =>
        {
            context.SetCustomStatus("first");
            context.SetCustomStatus(new { Step = 2 });
            await context.CallActivityAsync("Any");
        });
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal("""{"Step":2}""", (await hub.RunAsync("Tells")).SerializedCustomStatus);
    }
}
