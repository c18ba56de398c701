using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator.Durable.Client;
using Serverless.Emulator.Hosting;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator;

/// <content>Time, messages, and waiting until they have been worked off.</content>
public sealed partial class FunctionsTestHost
{
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromSeconds(60);

    /// <summary>Moves the clock and runs what falls due on the way, in order; answers when that and what it set off is done.</summary>
    /// <returns>How often something was due. A dense schedule counts once a day.</returns>
    public Task<int> AdvanceClockAsync(TimeSpan step, CancellationToken cancellation = default) =>
        MoveClockToAsync(Clock.GetUtcNow() + step, cancellation);

    /// <inheritdoc cref="AdvanceClockAsync"/>
    public Task<int> MoveClockToAsync(DateTimeOffset time, CancellationToken cancellation = default) =>
        Services.GetRequiredService<ClockMover>().MoveToAsync(time, asleep: false, cancellation);

    /// <summary>As if the host had been switched off until then: nothing runs on the way, and each timer that fell due runs once, late.</summary>
    public Task SleepUntilAsync(DateTimeOffset time, CancellationToken cancellation = default) =>
        Services.GetRequiredService<ClockMover>().MoveToAsync(time, asleep: true, cancellation);

    /// <summary>Runs a timer function now.</summary>
    /// <exception cref="ArgumentException">There is no timer function of that name.</exception>
    /// <exception cref="InvalidOperationException">The run failed; the inner exception says why.</exception>
    public async Task FireTimerAsync(string function, CancellationToken cancellation = default)
    {
        var timer = Services.GetRequiredService<FunctionCatalog>().All.FirstOrDefault(
            one => one.Trigger is TimerTriggerAttribute && one.Name.Equals(function, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"There is no timer function '{function}'.", nameof(function));
        var outcome = await Services.GetRequiredService<FunctionTrigger>().FireAsync(timer, null, cancellation);
        if (!outcome.IsSuccess)
            throw new InvalidOperationException($"The timer function '{function}' failed.", outcome.Exception);
    }

    /// <summary>Sends a message to a Service Bus queue or topic of this host.</summary>
    public async Task SendMessageAsync(string queueOrTopic, ServiceBusMessage message, CancellationToken cancellation = default)
    {
        await using var client = NewServiceBusClient();
        await using var sender = client.CreateSender(queueOrTopic);
        await sender.SendMessageAsync(message, cancellation);
    }

    /// <inheritdoc cref="SendMessageAsync(string, ServiceBusMessage, CancellationToken)"/>
    public Task SendMessageAsync(string queueOrTopic, string body, CancellationToken cancellation = default) =>
        SendMessageAsync(queueOrTopic, new ServiceBusMessage(body), cancellation);

    /// <summary>Puts a text on a storage queue, in Base64 as the trigger expects it.</summary>
    public async Task SendToStorageQueueAsync(string queue, string body, CancellationToken cancellation = default)
    {
        var storage = options.Storage ?? throw new InvalidOperationException("The host was started without storage.");
        var client = new QueueServiceClient(storage, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).GetQueueClient(queue);
        await client.CreateIfNotExistsAsync(cancellationToken: cancellation);
        await client.SendMessageAsync(body, cancellationToken: cancellation);
    }

    /// <summary>A client of this host's Service Bus, for looking into queues and their dead letters.</summary>
    public ServiceBusClient NewServiceBusClient() => new(options.AllSettings()["ServiceBus"]!);

    /// <summary>Schedules, reads and ends workflows of this host.</summary>
    public DurableTaskClient Workflows => Services.GetRequiredService<HubClient>();

    /// <summary>Waits until a workflow has come to its end, with its input and output.</summary>
    /// <exception cref="TimeoutException">It had not after a minute.</exception>
    public async Task<OrchestrationMetadata> WaitForOrchestrationAsync(string instanceId, CancellationToken cancellation = default)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(IdleTimeout);
        try
        {
            return await Workflows.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, limit.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException($"The workflow '{instanceId}' had not ended after {IdleTimeout.TotalSeconds} seconds.");
        }
    }

    /// <summary>Waits until no function runs and nothing waits to run now: no visible message, no timer due, no workflow that can go on.</summary>
    /// <exception cref="TimeoutException">That did not happen within a minute.</exception>
    public async Task WhenIdleAsync(CancellationToken cancellation = default)
    {
        if (!await Services.GetRequiredService<HostListeners>().WhenIdleAsync(IdleTimeout, cancellation))
            throw new TimeoutException($"The host was still busy after {IdleTimeout.TotalSeconds} seconds.");
    }
}
