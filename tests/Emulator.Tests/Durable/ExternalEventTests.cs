using Microsoft.DurableTask.Client;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.3.</summary>
public class ExternalEventTests
{
    [Fact]
    public async Task Event_names_are_case_insensitive_for_waiting_and_buffering()
    {
        var tasks = new ScriptedTasks().Activity<object>("Nothing", _ => null).Orchestrator("Waits", async context =>
        {
            var first = await context.WaitForExternalEvent<string>("Approved");
            var second = await context.WaitForExternalEvent<string>("approved");
            return (object?)(first + second);
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Waits");

        await hub.Client.RaiseEventAsync(id, "APPROVED", "a");
        await hub.Client.RaiseEventAsync(id, "aPPROVED", "b");

        Assert.Equal("ab", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Events_before_any_wait_are_buffered_in_order()
    {
        var gate = new TaskCompletionSource();
        var tasks = new ScriptedTasks()
            .ActivityAsync<object>("Gate", async _ =>
            {
                await gate.Task;
                return null;
            })
            .Orchestrator("Late", async context =>
            {
                await context.CallActivityAsync("Gate");
                List<string> got = [];
                for (var i = 0; i < 3; i++)
                    got.Add(await context.WaitForExternalEvent<string>("e"));
                return (object?)string.Concat(got);
            });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Late");

        foreach (var text in new[] { "1", "2", "3" })
            await hub.Client.RaiseEventAsync(id, "e", text);
        gate.SetResult();

        Assert.Equal("123", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Open_waits_of_one_name_are_a_stack()
    {
        var tasks = new ScriptedTasks().Orchestrator("Two", async context =>
        {
            var first = context.WaitForExternalEvent<string>("e");
            var second = context.WaitForExternalEvent<string>("e");
            context.SetCustomStatus("waiting");
            await Task.WhenAll(first, second);
            return (object?)$"first={first.Result} second={second.Result}";
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Two");
        await hub.UntilAsync(id, instance => instance.SerializedCustomStatus is not null);

        await hub.Client.RaiseEventAsync(id, "e", "a");
        await hub.Client.RaiseEventAsync(id, "e", "b");

        Assert.Equal("first=b second=a", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_timed_out_wait_throws_TaskCanceledException_and_swallows_the_next_event()
    {
        var tasks = new ScriptedTasks().Orchestrator("TimesOut", async context =>
        {
            try
            {
                await context.WaitForExternalEvent<string>("e", TimeSpan.FromDays(1));
            }
            catch (TaskCanceledException)
            {
                context.SetCustomStatus("timed out");
            }

            await context.WaitForExternalEvent<string>("go");
            return (object?)await context.WaitForExternalEvent<string>("e");
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("TimesOut");
        await hub.UntilAsync(id, instance => instance.IsRunning);
        hub.Clock.MoveTo(hub.Clock.GetUtcNow().AddDays(1.1));
        await hub.UntilAsync(id, instance => instance.SerializedCustomStatus == "\"timed out\"");

        await hub.Client.RaiseEventAsync(id, "e", "swallowed");
        await hub.Client.RaiseEventAsync(id, "go");
        await hub.Client.RaiseEventAsync(id, "e", "received");

        Assert.Equal("received", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task One_open_wait_raced_against_a_timer_loses_no_event()
    {
        var tasks = new ScriptedTasks().Orchestrator("Reminds", async context =>
        {
            var answer = context.WaitForExternalEvent<string>("answer");
            for (var reminders = 0; ; reminders++)
            {
                using var cancel = new CancellationTokenSource();
                if (await Task.WhenAny(answer, context.CreateTimer(TimeSpan.FromDays(1), cancel.Token)) == answer)
                {
                    cancel.Cancel();
                    return (object?)$"{await answer} after {reminders}";
                }

                context.SetCustomStatus(reminders + 1);
            }
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Reminds");
        await hub.UntilAsync(id, instance => instance.IsRunning);
        hub.Clock.MoveTo(hub.Clock.GetUtcNow().AddDays(1.1));
        await hub.UntilAsync(id, instance => instance.SerializedCustomStatus == "1");

        await hub.Client.RaiseEventAsync(id, "answer", "yes");

        Assert.Equal("yes after 1", (await hub.EndOfAsync(id)).ReadOutputAs<string>());
    }

    [Fact]
    public async Task A_cancelled_wait_throws_TaskCanceledException()
    {
        var tasks = new ScriptedTasks().Orchestrator("Cancels", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var wait = context.WaitForExternalEvent<string>("e", cancel.Token);
            cancel.Cancel();
            try
            {
                await wait;
                return "received";
            }
            catch (TaskCanceledException)
            {
                return (object?)"cancelled";
            }
        });
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal("cancelled", (await hub.RunAsync("Cancels")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task Waits_of_one_name_must_want_the_same_type()
    {
        var tasks = new ScriptedTasks().Orchestrator("Mixed", async context =>
        {
            _ = context.WaitForExternalEvent<string>("e");
            await context.WaitForExternalEvent<int>("e");
        });
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Mixed");

        Assert.Equal(typeof(ArgumentException).FullName, end.FailureDetails!.ErrorType);
    }

    [Theory]
    [InlineData("\"text\"", "System.Text.Json.JsonException")]
    [InlineData(null, "System.NullReferenceException")]
    public async Task A_payload_that_does_not_fit_fails_the_whole_instance(string? payload, string error)
    {
        var tasks = new ScriptedTasks().Orchestrator("Number", async context =>
        {
            try
            {
                await context.WaitForExternalEvent<int>("n");
            }
            catch (Exception)
            {
                return "caught";
            }

            return (object?)"received";
        });
        await using var hub = await Hub.StartAsync(tasks);
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Number");
        await hub.UntilAsync(id, instance => instance.IsRunning);

        await hub.Client.RaiseEventAsync(id, "n", payload is null ? null : "text");

        var end = await hub.EndOfAsync(id);
        Assert.Equal((OrchestrationRuntimeStatus.Failed, error), (end.RuntimeStatus, end.FailureDetails!.ErrorType));
    }

    [Fact]
    public async Task SendEvent_reaches_another_instance()
    {
        var tasks = new ScriptedTasks()
            .Orchestrator("Receiver", async context => (object?)await context.WaitForExternalEvent<string>("hello"))
            .Orchestrator("Sender", context =>
            {
                context.SendEvent("receiver", "hello", "from the sender");
                return Task.CompletedTask;
            });
        await using var hub = await Hub.StartAsync(tasks);
        await hub.Client.ScheduleNewOrchestrationInstanceAsync("Receiver", null, new Microsoft.DurableTask.StartOrchestrationOptions("receiver"));

        await hub.RunAsync("Sender");

        Assert.Equal("from the sender", (await hub.EndOfAsync("receiver")).ReadOutputAs<string>());
    }

    [Fact]
    public async Task SendEvent_refuses_ids_of_entities()
    {
        var tasks = new ScriptedTasks().Orchestrator("ToEntity", context =>
        {
            context.SendEvent("@counter@1", "add", 1);
            return Task.CompletedTask;
        });
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(typeof(ArgumentException).FullName, (await hub.RunAsync("ToEntity")).FailureDetails!.ErrorType);
    }
}
