using Azure;
using Azure.Messaging.ServiceBus;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.ServiceBus;

/// <summary>A queue, a subscription or a dead-letter queue, kept in one storage queue.</summary>
internal sealed class LocalQueue(LocalNamespace @namespace, string path, QueueClient storage)
{
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(4);

    private readonly Lock _creating = new();
    private Task? _created;

    /// <summary>As the broker names it: <c>events/Subscriptions/push</c>.</summary>
    public string Path { get; } = path;
    public LocalNamespace Namespace { get; } = @namespace;
    public QueueClient Storage { get; } = storage;
    public QueueSignal Signal { get; } = QueueSignal.Of(storage.Uri);
    public LocalQueue DeadLetterQueue => Namespace.Queue(EntityName.DeadLetter(Path));

    internal Dictionary<string, object> MaxDeliveryCountExceeded => MessageLock.DeadLetterProperties(
        "MaxDeliveryCountExceeded", $"Message could not be consumed after {Namespace.MaxDeliveryCount} delivery attempts.");

    public bool MovesToDeadLetterAfter(int deliveryCount) => !EntityName.IsDeadLetter(Path) && deliveryCount >= Namespace.MaxDeliveryCount;

    public Task CreateAsync(string kind = "queue", CancellationToken cancellationToken = default)
    {
        lock (_creating)
        {
            if (_created is null || _created.IsFaulted || _created.IsCanceled)
                _created = Storage.CreateIfNotExistsAsync(Namespace.Metadata(Path, kind), CancellationToken.None);
        }

        return BrokerErrors.TranslateAsync(Path, () => _created.WaitAsync(cancellationToken));
    }

    /// <summary>Puts one message, and wakes this process's receivers if it is visible.</summary>
    public async Task<SentQueueMessage> PutAsync(MessageEnvelope envelope, TimeSpan hidden, CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var stored = await Namespace.Bodies.StoreAsync(envelope, cancellationToken).ConfigureAwait(false);
        var text = BinaryData.FromString(stored.ToJson());
        Signal.Announce();
        try
        {
            return await BrokerErrors.TranslateAsync(Path, () => WithQueueAsync(
                () => Storage.SendMessageAsync(text, hidden, null, cancellationToken))).ConfigureAwait(false);
        }
        finally
        {
            // Also after a failure: the message may be there all the same.
            Signal.Raise();
        }
    }

    /// <summary>Waits for messages and locks them.</summary>
    /// <param name="maxMessages">Up to 32 come at a time.</param>
    /// <returns>At least one, or none after <paramref name="maxWait"/>.</returns>
    /// <remarks>
    /// Looks at once, then again when this process puts something, and otherwise after 100, 200, 400 ... 4000 ms. Cancelling ends the wait,
    /// not a look under way, so no message is left locked by a receive that nobody saw.
    /// </remarks>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveAsync(
        int maxMessages, TimeSpan maxWait, ServiceBusReceiveMode mode, CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var started = TimeProvider.System.GetTimestamp();
        var pause = ShortestPause;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (signal, puts) = (Signal.Next, Signal.Puts);
            var messages = await LookAsync(maxMessages, mode).ConfigureAwait(false);
            if (messages.Count > 0)
                return messages;
            Signal.FoundEmpty(puts);
            var left = maxWait - TimeProvider.System.GetElapsedTime(started);
            if (left <= TimeSpan.Zero)
                return [];
            pause = await PauseAsync(signal, pause < left ? pause : left, cancellationToken).ConfigureAwait(false)
                ? ShortestPause
                : TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        }
    }

    /// <summary>The visible messages from the front, at most 32, without locking them.</summary>
    public async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekAsync(CancellationToken cancellationToken)
    {
        await CreateAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
        var peeked = await BrokerErrors.TranslateAsync(Path, () => Storage.PeekMessagesAsync(QueueClient.MaxMessages, cancellationToken)).ConfigureAwait(false);
        var messages = new List<ServiceBusReceivedMessage>(peeked.Count);
        foreach (var message in peeked)
        {
            var envelope = MessageEnvelope.FromJson(message.Body) ?? Foreign(message.MessageId, message.Body, message.InsertedOn);
            if (!envelope.HasExpired(Namespace.Clock.GetUtcNow()))
                messages.Add(envelope.ToReceived(await Namespace.Bodies.LoadAsync(envelope, cancellationToken).ConfigureAwait(false), message.DequeueCount, null));
        }

        return [.. messages.OrderBy(m => m.SequenceNumber)];
    }

    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> LookAsync(int maxMessages, ServiceBusReceiveMode mode)
    {
        var lockedUntil = TimeProvider.System.GetUtcNow() + Namespace.LockDuration;
        var found = await BrokerErrors.TranslateAsync(Path, () => WithQueueAsync(
            () => Storage.ReceiveMessagesAsync(Math.Clamp(maxMessages, 1, QueueClient.MaxMessages), Namespace.LockDuration))).ConfigureAwait(false);
        var messages = new List<ServiceBusReceivedMessage>(found.Count);
        foreach (var message in found)
        {
            try
            {
                if (await BrokerErrors.TranslateAsync(Path, () => DeliverAsync(message, lockedUntil, mode)).ConfigureAwait(false) is { } delivered)
                    messages.Add(delivered);
            }
            catch (ServiceBusException gone) when (gone.Reason == ServiceBusFailureReason.MessageLockLost)
            {
                // Somebody settled it while we looked at it.
            }
            catch (ServiceBusException) when (messages.Count > 0)
            {
                // What is locked already must reach the caller; the rest comes back when its lock expires.
                break;
            }
        }

        return messages;
    }

    /// <returns>Null when the message is not to be delivered: not due, expired, or used up.</returns>
    private async Task<ServiceBusReceivedMessage?> DeliverAsync(QueueMessage message, DateTimeOffset lockedUntil, ServiceBusReceiveMode mode)
    {
        var envelope = MessageEnvelope.FromJson(message.Body) ?? Foreign(message.MessageId, message.Body, message.InsertedOn);
        var now = Namespace.Clock.GetUtcNow();
        var held = new MessageLock(this, message, envelope, lockedUntil);
        if (envelope.ScheduledEnqueueTime > now)
        {
            await HideAgainAsync(message, envelope, envelope.ScheduledEnqueueTime.Value - now).ConfigureAwait(false);
            return null;
        }

        if (envelope.ScheduledOn is { } entity && message.DequeueCount + envelope.DeliveryOffset == 1)
            await Namespace.Scheduled.ForgetAsync(entity, envelope.Sequence, CancellationToken.None).ConfigureAwait(false);

        if (envelope.HasExpired(now))
        {
            await held.CompleteAsync().ConfigureAwait(false);
            return null;
        }

        if (MovesToDeadLetterAfter((int)message.DequeueCount + envelope.DeliveryOffset - 1))
        {
            await held.DiscardToDeadLetterAsync(envelope.With(MaxDeliveryCountExceeded), CancellationToken.None).ConfigureAwait(false);
            return null;
        }

        var body = await Namespace.Bodies.LoadAsync(envelope, CancellationToken.None).ConfigureAwait(false);
        if (mode == ServiceBusReceiveMode.PeekLock)
            return envelope.ToReceived(body, message.DequeueCount, held);
        await held.CompleteAsync().ConfigureAwait(false);
        return envelope.ToReceived(body, message.DequeueCount, null);
    }

    // Storage hides for seven days at most, and the app's clock may be behind the real one.
    private async Task HideAgainAsync(QueueMessage message, MessageEnvelope envelope, TimeSpan left)
    {
        var later = BinaryData.FromString((envelope with { DeliveryOffset = envelope.DeliveryOffset - 1 }).ToJson());
        var receipt = await Storage.UpdateMessageAsync(message.MessageId, message.PopReceipt, HiddenFor(left), later).ConfigureAwait(false);
        if (envelope.ScheduledOn is { } entity)
        {
            await Namespace.Scheduled.MovedAsync(
                entity, envelope.Sequence, new HiddenCopy(Path, message.MessageId, receipt.PopReceipt), CancellationToken.None).ConfigureAwait(false);
        }
    }

    internal static TimeSpan HiddenFor(TimeSpan time) =>
        time <= TimeSpan.Zero ? TimeSpan.Zero : time < QueueClient.MaxVisibilityTimeout ? time : QueueClient.MaxVisibilityTimeout;

    // A text somebody else put into the storage queue is delivered as it is.
    private static MessageEnvelope Foreign(string id, BinaryData body, DateTimeOffset insertedOn) =>
        new() { MessageId = id, Body = body.ToArray(), EnqueuedTime = insertedOn, Sequence = -1 };

    // Somebody may have emptied the storage account under a running app.
    private async Task<T> WithQueueAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == "QueueNotFound")
        {
            await Storage.CreateIfNotExistsAsync(Namespace.Metadata(Path, "queue")).ConfigureAwait(false);
            return await call().ConfigureAwait(false);
        }
    }

    /// <returns>True when signalled, false when the time is over.</returns>
    private static async Task<bool> PauseAsync(Task signal, TimeSpan time, CancellationToken cancellationToken)
    {
        try
        {
            await signal.WaitAsync(time, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }
}
