using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.4.</summary>
public class TimerTests
{
    [Fact]
    public async Task A_timer_fires_when_the_clock_reaches_it_and_not_before()
    {
        var tasks = new ScriptedTasks().Orchestrator("Sleeps", async context =>
        {
            var start = context.CurrentUtcDateTime;
            await context.CreateTimer(TimeSpan.FromHours(2), CancellationToken.None);
            return (object?)(context.CurrentUtcDateTime - start >= TimeSpan.FromHours(2));
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Sleeps");
        await hub.UntilAsync(id, instance => instance.IsRunning);
        await hub.Engine.Busy.WaitForIdleAsync(new CancellationTokenSource(Hub.Deadline).Token);

        hub.Clock.MoveTo(hub.Clock.GetUtcNow().AddHours(1));
        await hub.Engine.RunDueAsync(CancellationToken.None);
        Assert.Equal(OrchestrationRuntimeStatus.Running, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);

        hub.Clock.MoveTo(hub.Clock.GetUtcNow().AddHours(1.01));
        await hub.Engine.RunDueAsync(CancellationToken.None);
        Assert.True((await hub.EndOfAsync(id)).ReadOutputAs<bool>());
    }

    [Fact]
    public async Task A_time_in_the_past_fires_at_once()
    {
        var tasks = new ScriptedTasks().Orchestrator("Past", async context =>
            await context.CreateTimer(context.CurrentUtcDateTime.AddDays(-1), CancellationToken.None));
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.RunAsync("Past")).RuntimeStatus);
    }

    [Fact]
    public async Task A_cancelled_timer_throws_TaskCanceledException_and_leaves_nothing_behind()
    {
        var tasks = new ScriptedTasks().Orchestrator("Cancels", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
            cancel.Cancel();
            await Assert.ThrowsAsync<TaskCanceledException>(() => timer);
        });
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.RunAsync("Cancels")).RuntimeStatus);
        Assert.Empty(await hub.Engine.DueTimesAsync(DateTimeOffset.MinValue, DateTimeOffset.MaxValue, CancellationToken.None));
    }

    [Fact]
    public async Task A_pending_uncancelled_timer_keeps_the_instance_running_after_its_code_returned()
    {
        var tasks = new ScriptedTasks().Orchestrator("Leaves", context =>
        {
            _ = context.CreateTimer(TimeSpan.FromHours(1), CancellationToken.None);
            context.SetCustomStatus("returned");
            return Task.FromResult<object?>("done");
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Leaves");
        var waiting = await hub.UntilAsync(id, instance => instance.SerializedCustomStatus is not null);
        Assert.Equal(OrchestrationRuntimeStatus.Running, waiting.RuntimeStatus);

        hub.Clock.MoveTo(hub.Clock.GetUtcNow().AddHours(1.1));

        Assert.Equal("done", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timer_longer_than_three_days_is_a_chain()
    {
        var tasks = new ScriptedTasks().Orchestrator("Week", context => context.CreateTimer(TimeSpan.FromDays(7), CancellationToken.None));
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Week");
        await hub.UntilAsync(id, instance => instance.IsRunning);
        var start = hub.Clock.GetUtcNow();

        for (var day = 1; day <= 7; day++)
        {
            await hub.Engine.Busy.WaitForIdleAsync(new CancellationTokenSource(Hub.Deadline).Token);
            hub.Clock.MoveTo(start.AddDays(day).AddMinutes(1));
            await hub.Engine.RunDueAsync(CancellationToken.None);
        }

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndOfAsync(id)).RuntimeStatus);
        Assert.Equal(3, (await hub.HistoryAsync(id)).OfType<TimerCreated>().Count());
    }

    [Fact]
    public async Task A_start_at_a_later_time_is_pending_until_then()
    {
        var tasks = new ScriptedTasks().Orchestrator("Later", _ => Task.CompletedTask);
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(
            "Later", new StartOrchestrationOptions(null, hub.Clock.GetUtcNow().AddDays(1)));
        await hub.Engine.Busy.WaitForIdleAsync(new CancellationTokenSource(Hub.Deadline).Token);
        Assert.Equal(OrchestrationRuntimeStatus.Pending, (await hub.Client.GetInstanceAsync(id))!.RuntimeStatus);

        hub.Clock.MoveTo(hub.Clock.GetUtcNow().AddDays(1.1));

        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.EndOfAsync(id)).RuntimeStatus);
    }

    [Fact]
    public async Task A_timer_of_an_instance_that_left_memory_fires_all_the_same()
    {
        var tasks = new ScriptedTasks().Activity<object>("After", _ => "ran").Orchestrator("Sleeps", async context =>
        {
            await context.CreateTimer(TimeSpan.FromDays(1), CancellationToken.None);
            return (object?)await context.CallActivityAsync<string>("After");
        });
        var options = new Serverless.Emulator.Durable.DurableOptions { IdleTimeout = TimeSpan.Zero };
        await using var hub = await Hub.StartAsync(tasks, options: options);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Sleeps");
        await hub.UntilAsync(id, instance => instance.IsRunning);
        await hub.Engine.Busy.WaitForIdleAsync(new CancellationTokenSource(Hub.Deadline).Token);
        hub.Engine.CloseIdleSessions();
        await hub.Engine.Busy.WaitForIdleAsync(new CancellationTokenSource(Hub.Deadline).Token);

        hub.Clock.MoveTo(hub.Clock.GetUtcNow().AddDays(1.1));

        Assert.Equal("ran", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }
}
