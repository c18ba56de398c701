using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.Hosting;

/// <summary>Storage queue triggers and outputs.</summary>
internal sealed class QueueExtension : IHostExtension
{
    private readonly ConcurrentDictionary<string, QueueServiceClient> accounts = new();

    public bool Handles(TriggerBindingAttribute trigger) => trigger is QueueTriggerAttribute;

    public bool Handles(OutputBindingAttribute output) => output is QueueOutputAttribute;

    public void Validate(HostedFunction function, HostStartup startup)
    {
        var trigger = (QueueTriggerAttribute)function.Trigger;
        Connections.Resolve(trigger.Connection ?? "AzureWebJobsStorage", function.Name, startup);
        startup.Resolve(trigger.QueueName, function.Name);
    }

    public IFunctionListener CreateListener(HostedFunction function, IServiceProvider services)
    {
        var startup = services.GetRequiredService<HostStartup>();
        var trigger = (QueueTriggerAttribute)function.Trigger;
        var account = Account(trigger.Connection, function.Name, startup);
        return ActivatorUtilities.CreateInstance<QueueListener>(
            services, function, account, startup.Resolve(trigger.QueueName, function.Name));
    }

    public async Task SendAsync(FunctionOutput output, object value, FunctionContext context)
    {
        var target = (QueueOutputAttribute)output.Attribute;
        var startup = context.InstanceServices.GetRequiredService<HostStartup>();
        var function = context.FunctionDefinition.Name;
        var queue = Account(target.Connection, function, startup).GetQueueClient(startup.Resolve(target.QueueName, function));
        await queue.CreateIfNotExistsAsync(cancellationToken: context.CancellationToken);
        foreach (var body in OutputBodies.Of(value, context.Serializer()))
            await queue.SendMessageAsync(body, cancellationToken: context.CancellationToken);
    }

    private QueueServiceClient Account(string? connection, string function, HostStartup startup)
    {
        var isPlain = startup.HostJson.Text("extensions:queues:messageEncoding", "base64").Equals("none", StringComparison.OrdinalIgnoreCase);
        return accounts.GetOrAdd(
            Connections.Resolve(connection ?? "AzureWebJobsStorage", function, startup),
            text => new QueueServiceClient(
                text, new QueueClientOptions { MessageEncoding = isPlain ? QueueMessageEncoding.None : QueueMessageEncoding.Base64 }));
    }
}
