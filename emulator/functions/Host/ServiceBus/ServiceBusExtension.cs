using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Serverless.Emulator.ServiceBus;

namespace Serverless.Emulator.Hosting;

/// <summary>Service Bus triggers and outputs over the namespaces kept in storage.</summary>
internal sealed class ServiceBusExtension : IHostExtension
{
    private readonly ConcurrentDictionary<string, ServiceBusClient> clients = new();

    /// <summary>Every broker that a setting names is kept in the app's own storage account.</summary>
    public void Configure(IServiceCollection services, HostStartup startup)
    {
        if (startup.Configuration["AzureWebJobsStorage"] is not { Length: > 0 } storage)
            return;

        foreach (var (_, value) in startup.Configuration.AsEnumerable())
        {
            if (value?.StartsWith("Endpoint=sb://", StringComparison.OrdinalIgnoreCase) == true)
                Map(ServiceBusConnectionStringProperties.Parse(value).FullyQualifiedNamespace, storage, startup);
        }
    }

    public bool Handles(TriggerBindingAttribute trigger) => trigger is ServiceBusTriggerAttribute;

    public bool Handles(OutputBindingAttribute output) => output is ServiceBusOutputAttribute;

    public void Validate(HostedFunction function, HostStartup startup)
    {
        var trigger = (ServiceBusTriggerAttribute)function.Trigger;
        Connections.Resolve(trigger.Connection ?? "ServiceBus", function.Name, startup);
        if (startup.Configuration["AzureWebJobsStorage"] is not { Length: > 0 })
            throw new FunctionMisconfiguredException(function.Name, "the setting 'AzureWebJobsStorage' is missing: messages are kept there.");

        if (trigger.IsSessionsEnabled)
            throw new FunctionMisconfiguredException(function.Name, "sessions are not available on this machine.");

        if (trigger.IsBatched != MessageBatches.IsBatch(function.TriggerParameter.ParameterType))
        {
            throw new FunctionMisconfiguredException(function.Name, trigger.IsBatched
                ? $"IsBatched needs a parameter that holds several messages, not {function.TriggerParameter.ParameterType.Name} (AZFW0008)."
                : $"the parameter type {function.TriggerParameter.ParameterType.Name} needs IsBatched = true (AZFW0008).");
        }

        foreach (var name in new[] { trigger.QueueName, trigger.TopicName, trigger.SubscriptionName })
            _ = name is null ? null : startup.Resolve(name, function.Name);
    }

    public IFunctionListener CreateListener(HostedFunction function, IServiceProvider services) =>
        ActivatorUtilities.CreateInstance<ServiceBusListener>(services, function);

    public ValueTask<BoundValue> BindAsync(HostedInvocation invocation, int parameter, object? source)
    {
        var type = invocation.Function.MethodParameters[parameter].ParameterType;
        if (type == typeof(ServiceBusMessageActions))
            return BoundValue.Of(ServiceBusMessageActions.Create());

        if (source is not IReadOnlyList<ServiceBusReceivedMessage> batch)
            return BoundValue.Unhandled;

        var serializer = invocation.InstanceServices.GetRequiredService<IOptions<WorkerOptions>>().Value.Serializer;
        return BoundValue.Of(MessageBatches.Convert(batch, type, serializer));
    }

    /// <summary>A text as it is, bytes as they are, a list as one message each, anything else as JSON.</summary>
    public async Task SendAsync(FunctionOutput output, object value, FunctionContext context)
    {
        var target = (ServiceBusOutputAttribute)output.Attribute;
        var startup = context.InstanceServices.GetRequiredService<HostStartup>();
        var function = context.FunctionDefinition.Name;
        var client = clients.GetOrAdd(
            Connections.Resolve(target.Connection ?? "ServiceBus", function, startup), connection => new ServiceBusClient(connection));
        await using var sender = client.CreateSender(startup.Resolve(target.QueueOrTopicName, function));
        foreach (var body in OutputBodies.Of(value, context.Serializer()))
            await sender.SendMessageAsync(new ServiceBusMessage(body), context.CancellationToken);
    }

    private static void Map(string hostName, string storage, HostStartup startup)
    {
        var local = LocalNamespaces.Map(hostName, storage, startup.Clock);
        local.MaxDeliveryCount = startup.Configuration.GetValue("Emulator:ServiceBus:MaxDeliveryCount", local.MaxDeliveryCount);
        local.LockDuration = startup.Configuration.GetValue("Emulator:ServiceBus:LockDuration", local.LockDuration);
        startup.Clock.Moved += local.WakeReceivers;
    }
}
