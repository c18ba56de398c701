using System.Text;
using Azure;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.ServiceBus;

/// <summary>Keeps the bodies of messages: in the message while its text fits into a storage queue (64 KiB), else in a blob.</summary>
internal sealed class MessageBodies(BrokerBlobs blobs)
{
    public async Task<MessageEnvelope> StoreAsync(MessageEnvelope envelope, CancellationToken cancellationToken)
    {
        if (envelope.Body is null || Encoding.UTF8.GetByteCount(envelope.ToJson()) <= QueueClient.MaxTextBytes)
            return envelope;
        var name = $"bodies/{Guid.NewGuid():N}";
        await blobs.WriteAsync(name, new BinaryData(envelope.Body), null, cancellationToken).ConfigureAwait(false);
        return envelope with { Body = null, BodyBlob = name };
    }

    public async Task<BinaryData> LoadAsync(MessageEnvelope envelope, CancellationToken cancellationToken) => envelope.BodyBlob is { } name
        ? (await blobs.ReadAsync(name, cancellationToken).ConfigureAwait(false))?.Content ?? throw Gone(name)
        : new BinaryData(envelope.Body ?? []);

    public Task DeleteAsync(MessageEnvelope envelope, CancellationToken cancellationToken) =>
        envelope.BodyBlob is { } name ? blobs.DeleteAsync(name, cancellationToken) : Task.CompletedTask;

    // A message is deleted before its body, so this is a message somebody settled while we were looking at it.
    private static RequestFailedException Gone(string name) =>
        new(404, $"The body {name} is gone.", "MessageNotFound", null);
}
