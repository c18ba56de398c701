using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Tests.Functions;

public sealed class StoppedTimerSample(Recorder recorder)
{
    [Function("Timer")]
    public async Task TimerAsync([TimerTrigger("0 0 3 1 1 *", RunOnStartup = true)] string timer, CancellationToken cancellation)
    {
        recorder.Note("timer began");
        await Task.Delay(Timeout.Infinite, cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        recorder.Note("timer told");
    }
}

public sealed class StoppedMessageSample(Recorder recorder, Gate gate)
{
    [Function("Message")]
    public async Task MessageAsync([ServiceBusTrigger("stops", Connection = "ServiceBus")] string body, CancellationToken cancellation)
    {
        gate.Enter();
        try
        {
            await gate.Open.Task.WaitAsync(cancellation);
            recorder.Note($"{body} done");
        }
        catch (OperationCanceledException)
        {
            recorder.Note($"{body} told");
            throw;
        }
    }
}

/// <summary>A host that is told to stop does it as Azure's does.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Timers_are_told_at_once_and_messages_are_finished()
    {
        var (recorder, gate) = (new Recorder(), new Gate());
        await using var host = await StartAsync(recorder, gate, TimeSpan.FromSeconds(10), typeof(StoppedTimerSample));
        await host.SendMessageAsync("stops", "message");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await recorder.WhenCountAsync(1);

        var stop = host.StopAsync();
        await recorder.WhenCountAsync(2);
        Assert.Equal(["timer began", "timer told"], recorder.Notes);
        gate.Open.TrySetResult();
        await stop;

        Assert.Equal(["timer began", "timer told", "message done"], recorder.Notes);
    }

    [Fact]
    public async Task What_is_not_done_in_time_is_told_and_a_message_is_delivered_again_to_the_next_host()
    {
        var (recorder, gate) = (new Recorder(), new Gate());
        var host = await StartAsync(recorder, gate, TimeSpan.FromMilliseconds(20));
        await host.SendMessageAsync("stops", "message");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));

        await host.StopAsync();
        Assert.Contains("message told", recorder.Notes);
        gate.Open.TrySetResult();
        await using var again = await host.RestartAsync();
        await again.WhenIdleAsync();

        Assert.Single(recorder.Notes, "message done");
    }

    private static async Task<FunctionsTestHost> StartAsync(Recorder recorder, Gate gate, TimeSpan drainFor, params Type[] others)
    {
        var azurite = await AzuriteServer.SharedAsync();
        return await FunctionsTestHost.StartAsync(
            builder => builder.Services.AddSingleton(recorder).AddSingleton(gate),
            [typeof(StoppedMessageSample), .. others],
            options =>
            {
                options.Storage = azurite.ConnectionString;
                options.DrainFor = drainFor;
            });
    }
}
