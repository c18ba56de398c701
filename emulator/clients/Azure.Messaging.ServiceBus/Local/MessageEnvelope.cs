using System.Text.Json;
using System.Text.Json.Serialization;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.ServiceBus;

/// <summary>What the broker keeps of a message, as the JSON text of one storage queue message.</summary>
internal sealed record MessageEnvelope
{
    /// <summary>Body and properties of one message together: the limit of the standard tier.</summary>
    public const int MaxBytes = 256 * 1024;

    private static readonly JsonSerializerOptions Json = new() { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault };

    public long Sequence { get; init; }
    public string MessageId { get; init; } = "";
    public byte[]? Body { get; init; }

    /// <summary>The blob that holds the body, when it is too large for a storage queue.</summary>
    public string? BodyBlob { get; init; }
    public string? SessionId { get; init; }
    public string? ReplyToSessionId { get; init; }
    public string? PartitionKey { get; init; }
    public string? CorrelationId { get; init; }
    public string? Subject { get; init; }
    public string? ContentType { get; init; }
    public string? To { get; init; }
    public string? ReplyTo { get; init; }

    /// <summary>Null: for ever.</summary>
    public long? TimeToLiveTicks { get; init; }
    public DateTimeOffset EnqueuedTime { get; init; }
    public DateTimeOffset? ScheduledEnqueueTime { get; init; }

    /// <summary>The queue or topic it was scheduled on; null once it has been delivered.</summary>
    public string? ScheduledOn { get; init; }

    /// <summary>Added to the storage queue's dequeue count: deliveries of an earlier life, less receives that delivered nothing.</summary>
    public int DeliveryOffset { get; init; }
    public Dictionary<string, string>? Properties { get; init; }

    public static MessageEnvelope Of(ServiceBusMessage message, long sequence, DateTimeOffset now, DateTimeOffset? scheduled) => new()
    {
        Sequence = sequence,
        MessageId = message.MessageId ?? Guid.NewGuid().ToString("N"),
        Body = message.Body.ToArray(),
        SessionId = message.SessionId,
        ReplyToSessionId = message.ReplyToSessionId,
        PartitionKey = message.PartitionKey,
        CorrelationId = message.CorrelationId,
        Subject = message.Subject,
        ContentType = message.ContentType,
        To = message.To,
        ReplyTo = message.ReplyTo,
        TimeToLiveTicks = message.TimeToLive == TimeSpan.MaxValue ? null : message.TimeToLive.Ticks,
        EnqueuedTime = scheduled > now ? scheduled.Value : now,
        ScheduledEnqueueTime = scheduled,
        Properties = message.ApplicationProperties.Count == 0
            ? null
            : message.ApplicationProperties.ToDictionary(p => p.Key, p => PropertyValue.Write(p.Key, p.Value)),
    };

    /// <summary>About what the message takes on the wire; what the size limits are measured by.</summary>
    public static long SizeOf(ServiceBusMessage message) =>
        message.Body.ToMemory().Length + 64 + (message.MessageId?.Length ?? 32)
        + Length(message.SessionId) + Length(message.CorrelationId) + Length(message.Subject) + Length(message.ContentType) + Length(message.To)
        + Length(message.ReplyTo) + message.ApplicationProperties.Sum(p => 2 * (p.Key.Length + PropertyValue.Write(p.Key, p.Value).Length));

    private static int Length(string? text) => text?.Length ?? 0;

    public MessageEnvelope With(IDictionary<string, object>? properties)
    {
        if (properties is null || properties.Count == 0)
            return this;
        var merged = new Dictionary<string, string>(Properties ?? []);
        foreach (var (name, value) in properties)
            merged[name] = PropertyValue.Write(name, value);
        return this with { Properties = merged };
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    /// <returns>Null for a text that this broker did not write.</returns>
    public static MessageEnvelope? FromJson(BinaryData text)
    {
        try
        {
            return JsonSerializer.Deserialize<MessageEnvelope>(text, Json) is { MessageId.Length: > 0 } envelope ? envelope : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool HasExpired(DateTimeOffset now) =>
        TimeToLiveTicks is { } ticks && ticks < (DateTimeOffset.MaxValue - EnqueuedTime).Ticks && EnqueuedTime.AddTicks(ticks) <= now;

    public ServiceBusReceivedMessage ToReceived(BinaryData body, long dequeueCount, MessageLock? held) => new(body, held?.Token ?? Guid.Empty, default)
    {
        MessageId = MessageId,
        SessionId = SessionId,
        ReplyToSessionId = ReplyToSessionId,
        PartitionKey = PartitionKey,
        CorrelationId = CorrelationId,
        Subject = Subject,
        ContentType = ContentType,
        To = To,
        ReplyTo = ReplyTo,
        TimeToLive = TimeToLiveTicks is { } ticks ? TimeSpan.FromTicks(ticks) : TimeSpan.MaxValue,
        ScheduledEnqueueTime = ScheduledEnqueueTime ?? default,
        ApplicationProperties = Properties?.ToDictionary(p => p.Key, p => PropertyValue.Read(p.Value)!) ?? [],
        DeliveryCount = (int)dequeueCount + DeliveryOffset,
        SequenceNumber = Sequence,
        EnqueuedTime = EnqueuedTime,
        Lock = held,
    };
}
