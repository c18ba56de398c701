using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.Hosting;

/// <summary>Binding data of a message; of several, arrays under names that end in Array.</summary>
internal static class ServiceBusMetadata
{
    private static readonly (string Name, Func<ServiceBusReceivedMessage, object?> Read)[] Properties =
    [
        ("MessageId", message => message.MessageId),
        ("DeliveryCount", message => message.DeliveryCount),
        ("EnqueuedTimeUtc", message => message.EnqueuedTime.UtcDateTime),
        ("SequenceNumber", message => message.SequenceNumber),
        ("ContentType", message => message.ContentType),
        ("CorrelationId", message => message.CorrelationId),
        ("Subject", message => message.Subject),
        ("SessionId", message => message.SessionId),
        ("To", message => message.To),
        ("ReplyTo", message => message.ReplyTo),
        ("LockToken", message => message.LockToken),
        ("ApplicationProperties", message => message.ApplicationProperties),
    ];

    public static IReadOnlyDictionary<string, object?> Of(IReadOnlyList<ServiceBusReceivedMessage> messages)
    {
        var data = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        foreach (var (name, read) in Properties)
        {
            if (messages.Count == 1)
                data[name] = read(messages[0]);
            else
                data[name + "Array"] = messages.Select(read).ToArray();
        }

        return data;
    }
}
