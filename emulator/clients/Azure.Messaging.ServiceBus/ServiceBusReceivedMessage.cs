using System.Globalization;
using Serverless.Emulator.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message as the broker hands it out. Made by a receiver, or by <see cref="ServiceBusModelFactory"/> in tests.</summary>
public class ServiceBusReceivedMessage
{
    internal const string ReasonProperty = "DeadLetterReason";
    internal const string DescriptionProperty = "DeadLetterErrorDescription";

    private readonly Guid _lockToken;
    private readonly DateTimeOffset _lockedUntil;

    internal ServiceBusReceivedMessage(BinaryData body, Guid lockToken, DateTimeOffset lockedUntil)
    {
        Body = body;
        _lockToken = lockToken;
        _lockedUntil = lockedUntil;
    }

    public BinaryData Body { get; }
    public string? MessageId { get; internal init; }
    public string? PartitionKey { get; internal init; }
    public string? SessionId { get; internal init; }
    public string? ReplyToSessionId { get; internal init; }
    public TimeSpan TimeToLive { get; internal init; } = TimeSpan.MaxValue;
    public string? CorrelationId { get; internal init; }
    public string? Subject { get; internal init; }
    public string? To { get; internal init; }
    public string? ContentType { get; internal init; }
    public string? ReplyTo { get; internal init; }
    public DateTimeOffset ScheduledEnqueueTime { get; internal init; }
    public IReadOnlyDictionary<string, object> ApplicationProperties { get; internal init; } = new Dictionary<string, object>();

    /// <summary>All zeros when there is no lock: peeked, or received and deleted.</summary>
    public string LockToken => _lockToken.ToString();

    /// <summary>How often it was handed out, this time included: 1 at first.</summary>
    public int DeliveryCount { get; internal init; }

    /// <summary>Moves on with every renewal.</summary>
    public DateTimeOffset LockedUntil => Lock?.LockedUntil ?? _lockedUntil;

    /// <summary>Unique in its queue, growing with time, with gaps.</summary>
    public long SequenceNumber { get; internal init; } = -1;
    public long EnqueuedSequenceNumber { get; internal init; }
    public DateTimeOffset EnqueuedTime { get; internal init; }
    public string? DeadLetterSource { get; internal init; }
    public ServiceBusMessageState State { get; internal init; }

    public DateTimeOffset ExpiresAt =>
        TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;

    public string? DeadLetterReason => ApplicationProperties.GetValueOrDefault(ReasonProperty) as string;
    public string? DeadLetterErrorDescription => ApplicationProperties.GetValueOrDefault(DescriptionProperty) as string;

    /// <summary>What settles this message; null when nothing holds it.</summary>
    internal MessageLock? Lock { get; init; }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{{MessageId:{MessageId}}}");
}
