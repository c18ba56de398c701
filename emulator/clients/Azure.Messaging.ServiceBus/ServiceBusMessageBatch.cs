using Serverless.Emulator.ServiceBus;

namespace Azure.Messaging.ServiceBus;

public class CreateMessageBatchOptions
{
    /// <summary>Null: the broker's limit.</summary>
    public long? MaxSizeInBytes { get; set; }
}

/// <summary>Messages that are known to fit into one send.</summary>
public sealed class ServiceBusMessageBatch : IDisposable
{
    private readonly List<ServiceBusMessage> _messages = [];

    internal ServiceBusMessageBatch(long maxSizeInBytes) => MaxSizeInBytes = maxSizeInBytes;

    public long MaxSizeInBytes { get; }
    public long SizeInBytes { get; private set; }
    public int Count => _messages.Count;
    internal IReadOnlyList<ServiceBusMessage> Messages => _messages;

    /// <returns>False when it would not fit; the batch is unchanged then.</returns>
    public bool TryAddMessage(ServiceBusMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var size = MessageEnvelope.SizeOf(message);
        if (SizeInBytes + size > MaxSizeInBytes)
            return false;
        _messages.Add(message);
        SizeInBytes += size;
        return true;
    }

    public void Dispose() => _messages.Clear();
}
