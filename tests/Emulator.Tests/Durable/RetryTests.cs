using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>SEMANTICS 6.7.</summary>
public class RetryTests
{
    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 0, 1)]
    [InlineData(1, 1, 0.5)]
    public void A_policy_that_makes_no_sense_is_refused(int attempts, int seconds, double coefficient) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new RetryPolicy(attempts, TimeSpan.FromSeconds(seconds), coefficient));

    [Fact]
    public void Without_limits_the_longest_interval_is_an_hour_and_the_time_is_endless()
    {
        var policy = new RetryPolicy(3, TimeSpan.FromSeconds(1));

        Assert.Equal((TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan), (policy.MaxRetryInterval, policy.RetryTimeout));
    }

    [Fact]
    public async Task Delays_grow_by_the_coefficient_and_the_last_failure_is_thrown()
    {
        var tasks = new ScriptedTasks()
            .Activity<object>("Breaks", _ => throw new InvalidOperationException("broken"))
            .Orchestrator("Tries", context => context.CallActivityAsync(
                "Breaks", TaskOptions.FromRetryPolicy(new(4, TimeSpan.FromMilliseconds(20), 2, TimeSpan.FromMilliseconds(50)))));
        await using var hub = await Hub.StartAsync(tasks);

        var end = await hub.RunAsync("Tries", instanceId: "tries");

        Assert.Equal(4, tasks.Runs.Count);
        Assert.Equal("Task 'Breaks' (#6) failed with an unhandled exception: broken", end.SerializedOutput);
        Assert.Equal([20, 40, 50], await DelaysAsync(hub, "tries"));
    }

    [Fact]
    public async Task A_success_after_failures_ends_the_retries()
    {
        var attempts = 0;
        var tasks = new ScriptedTasks()
            .Activity<object>("Third", _ => ++attempts < 3 ? throw new TimeoutException() : attempts)
            .Orchestrator("Tries", async context => (object?)await context.CallActivityAsync<int>(
                "Third", new TaskOptions(new RetryPolicy(5, TimeSpan.FromMilliseconds(1)))));
        await using var hub = await Hub.StartAsync(tasks);

        Assert.Equal(3, (await hub.RunAsync("Tries")).ReadOutputAs<int>());
    }

    [Fact]
    public async Task HandleFailure_false_stops_at_once()
    {
        var policy = new RetryPolicy(5, TimeSpan.FromMilliseconds(1)) { HandleFailure = failure => !failure.IsCausedBy<InvalidOperationException>() };
        var tasks = new ScriptedTasks()
            .Activity<object>("Breaks", _ => throw new InvalidOperationException("broken"))
            .Orchestrator("Tries", context => context.CallActivityAsync("Breaks", TaskOptions.FromRetryPolicy(policy)));
        await using var hub = await Hub.StartAsync(tasks);

        await hub.RunAsync("Tries");

        Assert.Single(tasks.Runs);
    }

    [Fact]
    public async Task A_handler_decides_without_a_delay_of_its_own()
    {
        var attempts = new List<int>();
        var tasks = new ScriptedTasks()
            .Activity<object>("Breaks", _ => throw new InvalidOperationException("broken"))
            .Orchestrator("Tries", context => context.CallActivityAsync("Breaks", TaskOptions.FromRetryHandler(retry =>
            {
                if (!retry.OrchestrationContext.IsReplaying)
                    attempts.Add(retry.LastAttemptNumber);
                return retry.LastAttemptNumber < 3;
            })));
        await using var hub = await Hub.StartAsync(tasks);

        await hub.RunAsync("Tries", instanceId: "handler");

        Assert.Equal([1, 2, 3], attempts);
        Assert.Empty(await DelaysAsync(hub, "handler"));
    }

    [Fact]
    public async Task The_time_out_is_tested_before_the_next_delay()
    {
        // Each try takes an hour of the hub's clock: after the first the time is not out, after the second it is.
        var clock = new MovableClock();
        var tasks = new ScriptedTasks()
            .Activity<object>("Breaks", _ =>
            {
                clock.MoveTo(clock.GetUtcNow() + TimeSpan.FromHours(1));
                throw new InvalidOperationException("broken");
            })
            .Orchestrator("Tries", context => context.CallActivityAsync("Breaks", TaskOptions.FromRetryPolicy(
                new(100, TimeSpan.FromMilliseconds(1), retryTimeout: TimeSpan.FromMinutes(90)))));
        await using var hub = await Hub.StartAsync(tasks, clock: clock);

        var end = await hub.RunAsync("Tries");

        Assert.Equal(OrchestrationRuntimeStatus.Failed, end.RuntimeStatus);
        Assert.Equal(2, tasks.Runs.Count);
    }

    [Fact]
    public async Task A_sub_orchestration_is_retried_under_a_new_id()
    {
        var tasks = new ScriptedTasks()
            .Activity<string>("Note", id => id)
            .Orchestrator("Child", async context =>
            {
                await context.CallActivityAsync("Note", context.InstanceId);
                throw new InvalidOperationException("no");
            })
            .Orchestrator("Parent", context => context.CallSubOrchestratorAsync(
                "Child", new TaskOptions(new RetryPolicy(2, TimeSpan.FromMilliseconds(1)))));
        await using var hub = await Hub.StartAsync(tasks);

        await hub.RunAsync("Parent");

        Assert.Equal(2, tasks.Runs.Distinct().Count());
    }

    private static async Task<IEnumerable<double>> DelaysAsync(Hub hub, string id)
    {
        var at = default(DateTimeOffset);
        List<double> delays = [];
        foreach (var happened in await hub.HistoryAsync(id))
        {
            if (happened is StepStarted step)
                at = step.At;
            else if (happened is TimerCreated timer)
                delays.Add(Math.Round((timer.DueAt - at).TotalMilliseconds));
        }

        return delays;
    }
}
