using Serverless.Emulator.Diagnostics;
using Serverless.Emulator.ServiceBus;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusSenderOptions
{
    public string? Identifier { get; set; }
}

/// <summary>Sends to one queue or topic.</summary>
/// <remarks>
/// A sent message is stored when the call returns. One that failed or was cancelled may be stored all the same. Several messages are stored
/// one after the other, in order: unlike in Azure, a failure may leave the first ones sent.
/// </remarks>
public class ServiceBusSender : IAsyncDisposable
{
    private readonly ServiceBusClient _client = null!;
    private int _closed;

    protected ServiceBusSender()
    {
    }

    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName) : this(client, queueOrTopicName, new ServiceBusSenderOptions())
    {
    }

    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName, ServiceBusSenderOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentException.ThrowIfNullOrWhiteSpace(queueOrTopicName);
        _client = client;
        EntityPath = queueOrTopicName;
        Identifier = options?.Identifier ?? $"{queueOrTopicName}-{Guid.NewGuid():D}";
    }

    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;
    public virtual string EntityPath { get; } = "";
    public virtual string Identifier { get; } = "";
    public virtual bool IsClosed => _closed != 0 || _client is { IsClosed: true };

    /// <exception cref="ServiceBusException">MessageSizeExceeded over 256 KB; ServiceCommunicationProblem when storage cannot be reached.</exception>
    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return SendMessagesAsync([message], cancellationToken);
    }

    public virtual async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        ThrowIfClosed();
        var all = messages.ToList();
        using var span = MessageTraces.Send(this, "Send", all);
        try
        {
            ThrowIfTooLarge(all);
            foreach (var message in all)
                await StoreAsync(message, message.ScheduledEnqueueTime == default ? null : message.ScheduledEnqueueTime, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    public virtual Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messageBatch);
        return SendMessagesAsync(messageBatch.Messages, cancellationToken);
    }

    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) =>
        CreateMessageBatchAsync(new CreateMessageBatchOptions(), cancellationToken);

    /// <exception cref="ArgumentOutOfRangeException">More than 256 KB asked for.</exception>
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CreateMessageBatchOptions options, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        cancellationToken.ThrowIfCancellationRequested();
        var size = options?.MaxSizeInBytes ?? MessageEnvelope.MaxBytes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, MessageEnvelope.MaxBytes, nameof(options));
        return ValueTask.FromResult(new ServiceBusMessageBatch(size));
    }

    /// <returns>The sequence number.</returns>
    public virtual async Task<long> ScheduleMessageAsync(
        ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        ThrowIfClosed();
        using var span = MessageTraces.Send(this, "Schedule", [message]);
        try
        {
            ThrowIfTooLarge([message]);
            return await StoreAsync(message, scheduledEnqueueTime, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    public virtual async Task<IReadOnlyList<long>> ScheduleMessagesAsync(
        IEnumerable<ServiceBusMessage> messages, DateTimeOffset scheduledEnqueueTime, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var numbers = new List<long>();
        foreach (var message in messages)
            numbers.Add(await ScheduleMessageAsync(message, scheduledEnqueueTime, cancellationToken).ConfigureAwait(false));
        return numbers;
    }

    /// <exception cref="ServiceBusException">MessageNotFound: never scheduled, cancelled before, or delivered.</exception>
    public virtual Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default)
    {
        ThrowIfClosed();
        return BrokerErrors.TranslateAsync(EntityPath, () => _client.Namespace.Scheduled.CancelAsync(EntityPath, sequenceNumber, cancellationToken));
    }

    public virtual async Task CancelScheduledMessagesAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        foreach (var number in sequenceNumbers)
            await CancelScheduledMessageAsync(number, cancellationToken).ConfigureAwait(false);
    }

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

    private async Task<long> StoreAsync(ServiceBusMessage message, DateTimeOffset? scheduled, CancellationToken cancellationToken)
    {
        var @namespace = _client.Namespace;
        var now = @namespace.Clock.GetUtcNow();
        var envelope = MessageEnvelope.Of(message, SequenceNumbers.Next(), now, scheduled);
        var hidden = LocalQueue.HiddenFor((scheduled ?? now) - now);
        if (hidden > TimeSpan.Zero)
            envelope = envelope with { ScheduledOn = EntityPath };
        var copies = new List<HiddenCopy>();
        foreach (var target in await @namespace.TargetsAsync(EntityPath, cancellationToken).ConfigureAwait(false))
        {
            var sent = await target.PutAsync(envelope, hidden, cancellationToken).ConfigureAwait(false);
            copies.Add(new HiddenCopy(target.Path, sent.MessageId, sent.PopReceipt));
        }

        if (hidden > TimeSpan.Zero)
        {
            await BrokerErrors.TranslateAsync(EntityPath, () => @namespace.Scheduled.RememberAsync(
                EntityPath, envelope.Sequence, envelope.EnqueuedTime, copies, cancellationToken)).ConfigureAwait(false);
        }

        return envelope.Sequence;
    }

    private void ThrowIfTooLarge(List<ServiceBusMessage> messages)
    {
        var bytes = messages.Sum(MessageEnvelope.SizeOf);
        if (bytes > MessageEnvelope.MaxBytes)
            throw BrokerErrors.TooLarge(EntityPath, bytes);
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, this);
}
