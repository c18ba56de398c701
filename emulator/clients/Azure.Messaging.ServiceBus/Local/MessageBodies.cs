using Azure.Messaging.ServiceBus;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.ServiceBus;

/// <summary>Keeps the bodies of messages: in the message while it fits.</summary>
internal sealed class MessageBodies(string hostName)
{
    public Task<MessageEnvelope> StoreAsync(MessageEnvelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var bytes = System.Text.Encoding.UTF8.GetByteCount(envelope.ToJson());
        return bytes <= QueueClient.MaxTextBytes ? Task.FromResult(envelope) : throw BrokerErrors.TooLarge(hostName, bytes);
    }

    public Task<BinaryData> LoadAsync(MessageEnvelope envelope, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new BinaryData(envelope.Body ?? []));
    }

    public Task DeleteAsync(MessageEnvelope envelope, CancellationToken cancellationToken) => Task.CompletedTask;
}
