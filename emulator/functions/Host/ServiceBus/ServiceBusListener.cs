using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Diagnostics;
using Serverless.Emulator.ServiceBus;

namespace Serverless.Emulator.Hosting;

/// <summary>Runs one function for the messages of its queue or subscription; the outcome settles them.</summary>
internal sealed class ServiceBusListener : IFunctionListener
{
    private readonly HostedFunction function;
    private readonly ServiceBusTriggerAttribute trigger;
    private readonly IFunctionInvoker invoker;
    private readonly ILogger logger;
    private readonly LocalNamespace broker;
    private readonly LocalQueue queue;
    private readonly MessagePump pump;
    private readonly string? topic;
    private readonly string name;
    private readonly CancellationTokenSource killed = new();

    public ServiceBusListener(HostedFunction function, IFunctionInvoker invoker, HostStartup startup, ILoggerFactory loggers)
    {
        this.function = function;
        this.invoker = invoker;
        logger = loggers.CreateLogger("Host.ServiceBus");
        trigger = (ServiceBusTriggerAttribute)function.Trigger;
        broker = LocalNamespaces.Of(Connections.Resolve(trigger.Connection ?? "ServiceBus", function.Name, startup));
        topic = trigger.TopicName is null ? null : startup.Resolve(trigger.TopicName, function.Name);
        name = startup.Resolve(trigger.QueueName ?? trigger.SubscriptionName!, function.Name);
        queue = broker.Queue(topic is null ? name : EntityName.Subscription(topic, name));
        var settings = startup.HostJson;
        pump = new MessagePump(
            queue,
            new MessagePumpOptions
            {
                MaxConcurrentCalls = settings.Number("extensions:serviceBus:maxConcurrentCalls", 16),
                MaxMessagesPerCall = trigger.IsBatched ? settings.Number("extensions:serviceBus:maxMessageBatchSize", 1000) : 1,
                AutoComplete = trigger.AutoCompleteMessages && settings.Flag("extensions:serviceBus:autoCompleteMessages", true),
                MaxAutoLockRenewalDuration = settings.Time("extensions:serviceBus:maxAutoLockRenewalDuration", TimeSpan.FromMinutes(5)),
            },
            HandleAsync,
            ReportAsync);
    }

    /// <summary>A message that no queue holds: settling it does nothing useful.</summary>
    public static object ByHand(string body, ServiceBusTriggerAttribute trigger, HostedFunction function)
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString(body), messageId: Guid.NewGuid().ToString("N"), deliveryCount: 1);
        return trigger.IsBatched ? new[] { message }
            : function.TriggerParameter.ParameterType == typeof(ServiceBusReceivedMessage) ? message : message.Body;
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        if (topic is null)
            await broker.DeclareQueueAsync(name, cancellation);
        else
            await broker.DeclareSubscriptionAsync(topic, name, cancellation);

        pump.Start();
    }

    public Task StopAsync(CancellationToken cancellation) => pump.StopAsync(cancellation);

    /// <summary>What runs is given back at once, as its lock would be later.</summary>
    public void Kill()
    {
        // First no more is received: what the runs give back is for the next host, not for this one once more.
        _ = pump.StopAsync(CancellationToken.None);
        killed.Cancel();
    }

    /// <summary>By what this process knows: looking into every queue each time would cost more than all that the app does with its storage.</summary>
    public Task<bool> IsIdleAsync(CancellationToken cancellation) =>
        Task.FromResult(!pump.IsBusy && queue.Signal.IsKnownEmpty);

    // The pump cancels when it is told to stop; a run under way is finished first.
    private async Task HandleAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, CancellationToken stopping)
    {
        var request = new InvocationRequest { TriggerData = TriggerData(messages), Metadata = ServiceBusMetadata.Of(messages) };
        using var span = MessageTraces.Process(messages, broker.HostName, queue.Path);
        var outcome = await invoker.InvokeAsync(function, request, killed.Token).WaitAsync(killed.Token);
        if (outcome.Exception is not { } failure)
            return;
        span.Failed(failure);
        throw failure;
    }

    private object TriggerData(IReadOnlyList<ServiceBusReceivedMessage> messages)
    {
        if (trigger.IsBatched)
            return messages;

        return function.TriggerParameter.ParameterType == typeof(ServiceBusReceivedMessage) ? messages[0] : messages[0].Body;
    }

    private Task ReportAsync(Exception failure, ServiceBusErrorSource source)
    {
        // A failed run has had its line already.
        if (source != ServiceBusErrorSource.ProcessMessageCallback)
            logger.LogWarning(failure, "Service Bus trigger of {Function}: {Source} failed", function.Name, source);

        return Task.CompletedTask;
    }
}
