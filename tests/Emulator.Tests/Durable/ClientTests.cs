using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.8.</summary>
public class ClientTests
{
    private static ScriptedTasks Tasks() => new ScriptedTasks()
        .Orchestrator("Echo", context => Task.FromResult<object?>(context.GetInput<string>()))
        .Orchestrator("Waits", async context => (object?)await context.WaitForExternalEvent<string>("go"));

    [Fact]
    public async Task The_default_id_is_a_guid_in_N_form()
    {
        await using var hub = await Hub.StartAsync(Tasks());

        Assert.Matches("^[0-9a-f]{32}$", await hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo"));
    }

    [Theory]
    [InlineData("@entity@1")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("a#b")]
    [InlineData("a?b")]
    [InlineData("a\nb")]
    public async Task Ids_that_cannot_be_are_refused(string id)
    {
        await using var hub = await Hub.StartAsync(Tasks());

        await Assert.ThrowsAsync<ArgumentException>(
            () => hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", new StartOrchestrationOptions(id)));
    }

    [Fact]
    public async Task The_same_id_is_refused_while_it_runs_and_replaced_once_it_has_finished()
    {
        await using var hub = await Hub.StartAsync(Tasks());
        var options = new StartOrchestrationOptions("one");
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits", options);

        await Assert.ThrowsAsync<OrchestrationAlreadyExistsException>(
            () => hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "x", options));

        await hub.Client.RaiseEventAsync("one", "go", "first");
        Assert.Equal("first", (await hub.EndOfAsync("one")).ReadOutputAs<string>());
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "second", options);
        await hub.UntilAsync("one", instance => instance.Name == "Echo" && instance.IsCompleted);
        Assert.Equal("second", (await hub.EndOfAsync("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task AnyState_replaces_a_running_instance()
    {
        await using var hub = await Hub.StartAsync(Tasks(), options: new() { OverridesAnyState = true });
        var options = new StartOrchestrationOptions("one");
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits", options);
        await hub.UntilAsync("one", instance => instance.IsRunning);

        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Echo", "second", options);

        Assert.Equal("second", (await hub.EndOfAsync("one")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task An_unknown_instance_is_null_and_payloads_must_be_asked_for()
    {
        await using var hub = await Hub.StartAsync(Tasks());
        Assert.Null(await hub.Client.GetInstanceAsync("nobody"));

        await hub.RunAsync("Echo", "x", "one");

        var without = (await hub.Client.GetInstanceAsync("one"))!;
        Assert.Null(without.SerializedInput);
        Assert.Null(without.SerializedOutput);
        Assert.Throws<InvalidOperationException>(() => without.ReadOutputAs<string>());
        var with = (await hub.Client.GetInstanceAsync("one", getInputsAndOutputs: true))!;
        Assert.Equal(("x", "x", true, false), (with.ReadInputAs<string>(), with.ReadOutputAs<string>(), with.IsCompleted, with.IsRunning));
    }

    [Fact]
    public async Task Waiting_ends_with_the_token()
    {
        await using var hub = await Hub.StartAsync(Tasks());
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        using var token = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => hub.Client.WaitForInstanceCompletionAsync(id, token.Token));
    }

    [Fact]
    public async Task Orders_to_a_missing_or_finished_instance_are_refused_with_RpcException()
    {
        await using var hub = await Hub.StartAsync(Tasks());
        await hub.RunAsync("Echo", "x", "done");

        Assert.Equal(StatusCode.NotFound, await RefusalAsync(() => hub.Client.RaiseEventAsync("nobody", "go")));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusalAsync(() => hub.Client.RaiseEventAsync("done", "go")));
        Assert.Equal(StatusCode.NotFound, await RefusalAsync(() => hub.Client.TerminateInstanceAsync("nobody")));
        Assert.Equal(StatusCode.FailedPrecondition, await RefusalAsync(() => hub.Client.TerminateInstanceAsync("done")));
        Assert.Equal(StatusCode.Unknown, await RefusalAsync(() => hub.Client.SuspendInstanceAsync("nobody")));
        Assert.Equal(StatusCode.Unknown, await RefusalAsync(() => hub.Client.ResumeInstanceAsync("done")));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("", "go"));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => hub.Client.RaiseEventAsync("done", ""));
    }

    [Fact]
    public async Task Raising_is_silently_discarded_when_the_option_is_off()
    {
        await using var hub = await Hub.StartAsync(Tasks(), options: new() { ThrowsOnRaiseEvent = false });

        await hub.Client.RaiseEventAsync("nobody", "go");
    }

    [Fact]
    public async Task Termination_keeps_the_output_and_the_custom_status()
    {
        var tasks = new ScriptedTasks().Orchestrator("Waits", async context =>
        {
            context.SetCustomStatus("waiting");
            await context.WaitForExternalEvent<string>("never");
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await hub.UntilAsync(id, instance => instance.IsRunning);

        await hub.Client.TerminateInstanceAsync(id, (object)"enough");

        var end = await hub.EndOfAsync(id);
        Assert.Equal(OrchestrationRuntimeStatus.Terminated, end.RuntimeStatus);
        Assert.Equal(("enough", "waiting"), (end.ReadOutputAs<string>(), end.ReadCustomStatusAs<string>()));
    }

    [Fact]
    public async Task Events_that_arrive_while_suspended_are_kept()
    {
        await using var hub = await Hub.StartAsync(Tasks());
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits");
        await hub.UntilAsync(id, instance => instance.IsRunning);
        await hub.Client.SuspendInstanceAsync(id, "pause");
        await hub.UntilAsync(id, instance => instance.RuntimeStatus == OrchestrationRuntimeStatus.Suspended);

        await hub.Client.RaiseEventAsync(id, "go", "kept");
        await hub.Engine.Busy.WaitForIdleAsync(new CancellationTokenSource(Hub.Deadline).Token);
        Assert.Equal(OrchestrationRuntimeStatus.Suspended, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);
        await hub.Client.ResumeInstanceAsync(id);

        Assert.Equal("kept", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Purge_takes_away_finished_instances_only()
    {
        await using var hub = await Hub.StartAsync(Tasks());
        await hub.RunAsync("Echo", "x", "done");
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("open"));

        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("done")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("done")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("nobody")).PurgedInstanceCount);
        Assert.Equal(0, (await hub.Client.PurgeInstanceAsync("open")).PurgedInstanceCount);
        Assert.Null(await hub.Client.GetInstanceAsync("done"));
    }

    [Fact]
    public async Task Purge_by_filter_goes_by_created_time_and_status()
    {
        await using var hub = await Hub.StartAsync(Tasks());
        await hub.RunAsync("Echo", "x", "old");
        hub.Clock.MoveTo(hub.Clock.GetUtcNow().AddDays(2));
        var border = hub.Clock.GetUtcNow();
        await hub.RunAsync("Echo", "x", "new");
        await hub.RunAsync("Nobody", "x", "failed");

        var purged = await hub.Client.PurgeAllInstancesAsync(new(border, null, [OrchestrationRuntimeStatus.Completed]));

        Assert.Equal(1, purged.PurgedInstanceCount);
        Assert.Equal(["failed", "old"], await IdsAsync(hub, null));
    }

    [Fact]
    public async Task Queries_filter_by_status_time_and_prefix_and_page_with_a_token()
    {
        await using var hub = await Hub.StartAsync(Tasks());
        foreach (var id in new[] { "a-1", "a-2", "a-3", "b-1" })
            await hub.RunAsync("Echo", "x", id);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits", new StartOrchestrationOptions("a-4"));
        await hub.UntilAsync("a-4", instance => instance.IsRunning);

        Assert.Equal(["a-1", "a-2", "a-3", "a-4"], await IdsAsync(hub, new(InstanceIdPrefix: "a-")));
        Assert.Equal(["a-4"], await IdsAsync(hub, new(Statuses: [OrchestrationRuntimeStatus.Running, OrchestrationRuntimeStatus.Pending])));
        Assert.Empty(await IdsAsync(hub, new(CreatedFrom: hub.Clock.GetUtcNow().AddHours(1))));
        Assert.Equal(5, (await IdsAsync(hub, new(CreatedTo: hub.Clock.GetUtcNow()))).Count);

        List<string> seen = [];
        string? token = null;
        var pages = 0;
        do
        {
            await foreach (var page in hub.Client.GetAllInstancesAsync(new(InstanceIdPrefix: "a-", PageSize: 2)).AsPages(token))
            {
                seen.AddRange(page.Values.Select(instance => instance.InstanceId));
                token = page.ContinuationToken;
                pages++;
                break;
            }
        }
        while (token is not null);
        Assert.Equal(["a-1", "a-2", "a-3", "a-4"], seen);
        Assert.True(pages >= 2);
    }

    [Fact]
    public async Task A_payload_over_60_KiB_makes_the_whole_way()
    {
        var tasks = Tasks().Activity<string>("Twice", text => text + text);
        tasks.Orchestrator("Long", async context => (object?)await context.CallActivityAsync<string>("Twice", context.GetInput<string>()));
        var text = new string('ë', 100_000);
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Long", text, "long");

        Assert.Equal(text + text, end.ReadOutputAs<string>());
        Assert.Equal(text, (await hub.Client.GetInstanceAsync("long", true))!.ReadInputAs<string>());
        Assert.Equal(1, (await hub.Client.PurgeInstanceAsync("long")).PurgedInstanceCount);
    }

    private static async Task<StatusCode> RefusalAsync(Func<Task> order) => (await Assert.ThrowsAsync<RpcException>(order)).StatusCode;

    private static async Task<List<string>> IdsAsync(Hub hub, OrchestrationQuery? query)
    {
        List<string> ids = [];
        await foreach (var instance in hub.Client.GetAllInstancesAsync(query))
            ids.Add(instance.InstanceId);
        return ids;
    }
}
