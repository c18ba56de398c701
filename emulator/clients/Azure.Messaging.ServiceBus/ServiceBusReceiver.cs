using System.Runtime.CompilerServices;
using Serverless.Emulator.ServiceBus;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusReceiverOptions
{
    public int PrefetchCount { get; set; }
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;
    public SubQueue SubQueue { get; set; } = SubQueue.None;
    public string? Identifier { get; set; }
}

/// <summary>Receives from one queue or subscription, or its dead-letter queue, and settles what it received.</summary>
/// <remarks>
/// Settling throws <see cref="ServiceBusException"/> with MessageLockLost when the lock expired or the message was settled before.
/// PrefetchCount has no effect here.
/// </remarks>
public class ServiceBusReceiver : IAsyncDisposable
{
    private readonly ServiceBusClient _client = null!;
    private int _closed;
    private long _peekedTo = -1;

    protected ServiceBusReceiver()
    {
    }

    protected ServiceBusReceiver(ServiceBusClient client, string queueName, ServiceBusReceiverOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        options ??= new ServiceBusReceiverOptions();
        _client = client;
        EntityPath = SubQueuePath(queueName, options.SubQueue);
        ReceiveMode = options.ReceiveMode;
        PrefetchCount = options.PrefetchCount;
        Identifier = options.Identifier ?? $"{EntityPath}-{Guid.NewGuid():D}";
    }

    protected ServiceBusReceiver(ServiceBusClient client, string topicName, string subscriptionName, ServiceBusReceiverOptions options)
        : this(client, EntityName.Subscription(topicName, subscriptionName), options) =>
        Subscription = (topicName, subscriptionName);

    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;
    public virtual string EntityPath { get; } = "";
    public virtual ServiceBusReceiveMode ReceiveMode { get; }
    public virtual int PrefetchCount { get; }
    public virtual string Identifier { get; } = "";
    public virtual bool IsClosed => _closed != 0 || _client is { IsClosed: true };

    private (string Topic, string Name)? Subscription { get; }

    /// <returns>Null when nothing came in time; the default wait is a minute.</returns>
    public virtual async Task<ServiceBusReceivedMessage?> ReceiveMessageAsync(TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default) =>
        await ReceiveMessagesAsync(1, maxWaitTime, cancellationToken).ConfigureAwait(false) is [var message, ..] ? message : null;

    /// <returns>What is there, at most <paramref name="maxMessages"/>, as soon as there is one; empty when nothing came in time.</returns>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(
        int maxMessages, TimeSpan? maxWaitTime = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        if (maxWaitTime is { } wait)
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wait, TimeSpan.Zero, nameof(maxWaitTime));
        var queue = await QueueAsync(cancellationToken).ConfigureAwait(false);
        return await queue.ReceiveAsync(maxMessages, maxWaitTime ?? _client.DefaultWait, ReceiveMode, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Endless, until cancelled.</summary>
    public virtual async IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveMessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (true)
        {
            if (await ReceiveMessageAsync(null, cancellationToken).ConfigureAwait(false) is { } message)
                yield return message;
        }
    }

    public virtual async Task<ServiceBusReceivedMessage?> PeekMessageAsync(long? fromSequenceNumber = null, CancellationToken cancellationToken = default) =>
        await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken).ConfigureAwait(false) is [var message, ..] ? message : null;

    /// <summary>Looks without locking, going on where the last peek ended.</summary>
    /// <remarks>Sees only the first 32 messages that nobody has locked; the real broker shows all.</remarks>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(
        int maxMessages, long? fromSequenceNumber = null, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        var from = fromSequenceNumber ?? _peekedTo + 1;
        var queue = await QueueAsync(cancellationToken).ConfigureAwait(false);
        var seen = await queue.PeekAsync(cancellationToken).ConfigureAwait(false);
        List<ServiceBusReceivedMessage> messages = [.. seen.Where(m => m.SequenceNumber >= from).Take(maxMessages)];
        if (messages.Count > 0)
            _peekedTo = messages[^1].SequenceNumber;
        return messages;
    }

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        LockOf(message).CompleteAsync(cancellationToken);

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        LockOf(message).AbandonAsync(propertiesToModify, cancellationToken);

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        LockOf(message).DeadLetterAsync(propertiesToModify, null, null, cancellationToken);

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object> propertiesToModify,
        string deadLetterReason,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        LockOf(message).DeadLetterAsync(propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, string deadLetterReason, string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default) =>
        LockOf(message).DeadLetterAsync(null, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        LockOf(message).RenewAsync(cancellationToken);

    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Exchange(ref _closed, 1);
        return Task.CompletedTask;
    }

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    internal static string SubQueuePath(string path, SubQueue subQueue) => subQueue switch
    {
        SubQueue.None => path,
        SubQueue.DeadLetter => EntityName.DeadLetter(path),
        _ => throw new NotSupportedException("There is no forwarding here, so no transfer dead-letter queue."),
    };

    internal static MessageLock LockOf(ServiceBusReceivedMessage message)
    {
        ArgumentNullException.ThrowIfNull(message);
        return message.Lock ?? throw new InvalidOperationException("The message has no lock: it was peeked, or received and deleted, or made for a test.");
    }

    private async Task<LocalQueue> QueueAsync(CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        if (Subscription is { } subscription)
            await _client.Namespace.DeclareSubscriptionAsync(subscription.Topic, subscription.Name, cancellationToken).ConfigureAwait(false);
        return _client.Namespace.Queue(EntityPath);
    }
}
