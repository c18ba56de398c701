using System.Globalization;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message to be sent. Body and properties together may take 256 KB.</summary>
public class ServiceBusMessage
{
    private const int LongestId = 128;

    private string? _messageId;
    private string? _sessionId;
    private string? _partitionKey;
    private TimeSpan _timeToLive = TimeSpan.MaxValue;

    public ServiceBusMessage() : this(default(ReadOnlyMemory<byte>))
    {
    }

    /// <summary>The text as UTF-8.</summary>
    public ServiceBusMessage(string body) : this(BinaryData.FromString(body))
    {
    }

    public ServiceBusMessage(ReadOnlyMemory<byte> body) : this(BinaryData.FromBytes(body))
    {
    }

    public ServiceBusMessage(BinaryData body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Body = body;
    }

    /// <summary>A copy to send on: the same body and properties, without what the broker said about the first one.</summary>
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        ArgumentNullException.ThrowIfNull(receivedMessage);
        Body = receivedMessage.Body;
        _messageId = receivedMessage.MessageId;
        _sessionId = receivedMessage.SessionId;
        _partitionKey = receivedMessage.PartitionKey;
        _timeToLive = receivedMessage.TimeToLive;
        CorrelationId = receivedMessage.CorrelationId;
        Subject = receivedMessage.Subject;
        ContentType = receivedMessage.ContentType;
        To = receivedMessage.To;
        ReplyTo = receivedMessage.ReplyTo;
        ReplyToSessionId = receivedMessage.ReplyToSessionId;
        ScheduledEnqueueTime = receivedMessage.ScheduledEnqueueTime;
        foreach (var (name, value) in receivedMessage.ApplicationProperties)
        {
            if (name is not (ServiceBusReceivedMessage.ReasonProperty or ServiceBusReceivedMessage.DescriptionProperty))
                ApplicationProperties[name] = value;
        }
    }

    public BinaryData Body { get; set; }

    /// <summary>At most 128 characters; the broker gives one to a message without.</summary>
    public string? MessageId
    {
        get => _messageId;
        set
        {
            if (string.IsNullOrEmpty(value) || value.Length > LongestId)
                throw new ArgumentException($"MessageIdIsNullOrEmptyOrOverMaxValue: the message id must have 1 to {LongestId} characters.", nameof(value));
            _messageId = value;
        }
    }

    /// <summary>Stored and handed out; this broker has no session locks.</summary>
    public string? SessionId
    {
        get => _sessionId;
        set => _sessionId = Short(value);
    }

    public string? PartitionKey
    {
        get => _partitionKey;
        set => _partitionKey = Short(value);
    }

    public string? ReplyToSessionId { get; set; }
    public string? CorrelationId { get; set; }
    public string? Subject { get; set; }
    public string? ContentType { get; set; }
    public string? To { get; set; }
    public string? ReplyTo { get; set; }

    /// <summary>From the moment it is enqueued; for ever by default.</summary>
    public TimeSpan TimeToLive
    {
        get => _timeToLive;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero);
            _timeToLive = value;
        }
    }

    /// <summary>Not handed to a receiver before this moment; default is at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; set; }

    /// <summary>Values: strings, numbers, booleans, chars, Guid, Uri, date and time types, byte arrays.</summary>
    public IDictionary<string, object> ApplicationProperties { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{{MessageId:{MessageId}}}");

    private static string? Short(string? value) => value is { Length: > LongestId }
        ? throw new ArgumentOutOfRangeException(nameof(value), $"At most {LongestId} characters.")
        : value;
}
