using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.6.</summary>
public class FailureTests
{
    private const string TaskFailed = "Microsoft.DurableTask.TaskFailedException";

    [Fact]
    public async Task An_activity_exception_surfaces_as_TaskFailedException_with_its_type_told()
    {
        var seen = new List<TaskFailedException>();
        var tasks = new ScriptedTasks()
            .Activity<object>("Fine", _ => null)
            .Activity<object>("Breaks", _ => throw new InvalidOperationException("broken", new FormatException("inner")))
            .Orchestrator("Catches", async context =>
            {
                await context.CallActivityAsync("Fine");
                try
                {
                    await context.CallActivityAsync("Breaks");
                }
                catch (TaskFailedException e)
                {
                    seen.Add(e);
                }
            });
        await using var hub = await Hub.StartAsync(tasks);

        await hub.RunAsync("Catches");

        var failed = seen[^1];
        Assert.Equal("Task 'Breaks' (#1) failed with an unhandled exception: broken", failed.Message);
        Assert.Equal((1, "Breaks"), (failed.TaskId, failed.TaskName));
        Assert.Equal(typeof(InvalidOperationException).FullName, failed.FailureDetails.ErrorType);
        Assert.Equal("inner", failed.FailureDetails.InnerFailure!.ErrorMessage);
        Assert.True(failed.FailureDetails.IsCausedBy<InvalidOperationException>());
        Assert.True(failed.FailureDetails.IsCausedBy<SystemException>());
        Assert.False(failed.FailureDetails.IsCausedBy<FormatException>());
        Assert.IsNotType<InvalidOperationException>(failed.InnerException);
    }

    [Fact]
    public async Task An_unhandled_activity_failure_fails_the_instance_with_the_activity_one_level_down()
    {
        var tasks = new ScriptedTasks()
            .Activity<object>("Breaks", _ => throw new InvalidOperationException("broken"))
            .Orchestrator("Lets", context => context.CallActivityAsync("Breaks"));
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Lets");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(TaskFailed, end.FailureDetails!.ErrorType);
        Assert.Equal(typeof(InvalidOperationException).FullName, end.FailureDetails.InnerFailure!.ErrorType);
        Assert.Equal("Task 'Breaks' (#0) failed with an unhandled exception: broken", end.SerializedOutput);
    }

    [Fact]
    public async Task Another_exception_keeps_its_own_type()
    {
        var tasks = new ScriptedTasks().Orchestrator("Throws", Task (_) => throw new FormatException("bad"));
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Throws");

        Assert.Equal((typeof(FormatException).FullName, "bad"), (end.FailureDetails!.ErrorType, end.SerializedOutput));
    }

    [Fact]
    public async Task A_failure_that_crosses_a_sub_orchestration_is_wrapped()
    {
        TaskFailureDetails? details = null;
        var tasks = new ScriptedTasks()
            .Activity<object>("Breaks", _ => throw new InvalidOperationException("broken"))
            .Orchestrator("Child", context => context.CallActivityAsync("Breaks"))
            .Orchestrator("Parent", async context =>
            {
                try
                {
                    await context.CallSubOrchestratorAsync("Child");
                }
                catch (TaskFailedException e)
                {
                    details = e.FailureDetails;
                }
            });
        await using var hub = await Hub.StartAsync(tasks);

        await hub.RunAsync("Parent");

        Assert.Equal(TaskFailed, details!.ErrorType);
        Assert.False(details.IsCausedBy<InvalidOperationException>());
        Assert.True(details.InnerFailure!.IsCausedBy<InvalidOperationException>());
    }

    [Fact]
    public async Task A_cancellation_out_of_an_orchestrator_fails_as_AggregateException()
    {
        var tasks = new ScriptedTasks().Orchestrator("Cancels", async context =>
        {
            using var cancel = new CancellationTokenSource();
            var timer = context.CreateTimer(TimeSpan.FromDays(1), cancel.Token);
            cancel.Cancel();
            await timer;
        });
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(typeof(AggregateException).FullName, (await hub.RunAsync("Cancels")).FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task An_unknown_activity_fails_without_retries()
    {
        var attempts = 0;
        var tasks = new ScriptedTasks().Orchestrator("Calls", async context =>
        {
            var options = TaskOptions.FromRetryHandler(_ => ++attempts < 5);
            await context.CallActivityAsync("Nobody", options);
        });
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Calls");

        Assert.Equal("ActivityTaskNotFound", end.FailureDetails!.InnerFailure!.ErrorType);
        Assert.Equal(0, attempts);
    }

    [Fact]
    public async Task An_unknown_orchestrator_fails()
    {
        await using var hub = await Hub.StartAsync(new ScriptedTasks());

        Assert.Equal("OrchestratorTaskNotFound", (await hub.RunAsync("Nobody")).FailureDetails!.ErrorType);
    }

    [Fact]
    public async Task Task_options_as_the_input_are_refused()
    {
        var tasks = new ScriptedTasks().Activity<object>("Any", _ => null).Orchestrator("Wrong", context =>
            context.CallActivityAsync("Any", (object)TaskOptions.FromRetryPolicy(new(1, TimeSpan.FromSeconds(1)))));
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(typeof(ArgumentException).FullName, (await hub.RunAsync("Wrong")).FailureDetails!.ErrorType);
    }
}
