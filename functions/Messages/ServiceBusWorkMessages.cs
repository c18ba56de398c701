using System.Collections.Concurrent;
using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Serverless.Banking.Messages;

namespace Serverless.Functions.Messages;

/// <summary>Work messages over Service Bus queues. Senders live as long as the app, as the SDK asks.</summary>
public sealed class ServiceBusWorkMessages(ServiceBusClient client) : IWorkMessages
{
    private readonly ConcurrentDictionary<string, ServiceBusSender> senders = new(StringComparer.Ordinal);

    public async Task SendAsync<T>(string queue, IReadOnlyCollection<T> bodies, CancellationToken cancellation)
    {
        var sender = senders.GetOrAdd(queue, client.CreateSender);
        foreach (var some in bodies.Chunk(100))
        {
            var messages = some.Select(body => new ServiceBusMessage(BinaryData.FromObjectAsJson(body, JsonSerializerOptions.Web))
            {
                ContentType = "application/json",
            });
            await sender.SendMessagesAsync(messages, cancellation);
        }
    }
}
