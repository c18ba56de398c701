using Azure.Messaging.ServiceBus;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.ServiceBus;

/// <summary>One delivery of one message: holds it, and settles it once.</summary>
/// <remarks>
/// The lock is the storage queue's visibility timeout; it runs on the real clock even where the app's clock is moved. Every operation
/// throws <see cref="ServiceBusException"/> with MessageLockLost after the lock expired, after somebody else got the message, or when it was settled.
/// </remarks>
internal sealed class MessageLock(LocalQueue queue, QueueMessage message, MessageEnvelope envelope, DateTimeOffset lockedUntil)
{
    // A renewal changes the pop receipt, so it must not cross a settlement.
    private readonly SemaphoreSlim _turn = new(1);
    private string _popReceipt = message.PopReceipt;

    public Guid Token { get; } = Guid.NewGuid();
    public DateTimeOffset LockedUntil { get; private set; } = lockedUntil;
    public bool IsSettled { get; private set; }
    public MessageEnvelope Envelope => envelope;
    private int DeliveryCount => (int)message.DequeueCount + envelope.DeliveryOffset;

    public Task CompleteAsync(CancellationToken cancellationToken = default) => SettleAsync(async () =>
    {
        await queue.Storage.DeleteMessageAsync(message.MessageId, _popReceipt, cancellationToken).ConfigureAwait(false);
        await queue.Namespace.Bodies.DeleteAsync(envelope, cancellationToken).ConfigureAwait(false);
    }, cancellationToken);

    /// <summary>Gives it back at once; after the last allowed delivery it goes to the dead-letter queue instead.</summary>
    public Task AbandonAsync(IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) => SettleAsync(async () =>
    {
        var changed = envelope.With(propertiesToModify);
        if (queue.MovesToDeadLetterAfter(DeliveryCount))
        {
            await MoveToDeadLetterAsync(changed.With(queue.MaxDeliveryCountExceeded), cancellationToken).ConfigureAwait(false);
            return;
        }

        var body = ReferenceEquals(changed, envelope)
            ? null
            : BinaryData.FromString((await queue.Namespace.Bodies.StoreAsync(changed, cancellationToken).ConfigureAwait(false)).ToJson());
        await queue.Storage.UpdateMessageAsync(message.MessageId, _popReceipt, TimeSpan.Zero, body, cancellationToken).ConfigureAwait(false);
        queue.Signal.Raise();
    }, cancellationToken);

    public Task DeadLetterAsync(
        IDictionary<string, object>? propertiesToModify = null, string? reason = null, string? description = null, CancellationToken cancellationToken = default) =>
        SettleAsync(() => MoveToDeadLetterAsync(envelope.With(propertiesToModify).With(DeadLetterProperties(reason, description)), cancellationToken), cancellationToken);

    public async Task RenewAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfLost();
            await RenewInTurnAsync(cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            _turn.Release();
        }
    }

    internal static Dictionary<string, object> DeadLetterProperties(string? reason, string? description)
    {
        var properties = new Dictionary<string, object>();
        if (reason is not null)
            properties[ServiceBusReceivedMessage.ReasonProperty] = reason;
        if (description is not null)
            properties[ServiceBusReceivedMessage.DescriptionProperty] = description;
        return properties;
    }

    /// <summary>Moves it whatever its lock says: the receive path found it used up.</summary>
    internal Task DiscardToDeadLetterAsync(MessageEnvelope changed, CancellationToken cancellationToken) => MoveToDeadLetterAsync(changed, cancellationToken);

    // First prove that we still hold it, then copy, then delete: killed in between, it is in both queues, never in none.
    private async Task MoveToDeadLetterAsync(MessageEnvelope changed, CancellationToken cancellationToken)
    {
        await RenewInTurnAsync(cancellationToken).ConfigureAwait(false);
        var deadLetters = queue.DeadLetterQueue;
        await deadLetters.PutAsync(changed with { DeliveryOffset = DeliveryCount - 1 }, TimeSpan.Zero, cancellationToken).ConfigureAwait(false);
        await queue.Storage.DeleteMessageAsync(message.MessageId, _popReceipt, cancellationToken).ConfigureAwait(false);
    }

    private async Task RenewInTurnAsync(CancellationToken cancellationToken)
    {
        var from = TimeProvider.System.GetUtcNow();
        var receipt = await BrokerErrors.TranslateAsync(queue.Path, () => queue.Storage.UpdateMessageAsync(
            message.MessageId, _popReceipt, queue.Namespace.LockDuration, null, cancellationToken)).ConfigureAwait(false);
        _popReceipt = receipt.PopReceipt;
        LockedUntil = from + queue.Namespace.LockDuration;
    }

    private async Task SettleAsync(Func<Task> settle, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            ThrowIfLost();
            await BrokerErrors.TranslateAsync(queue.Path, settle).ConfigureAwait(false);
            IsSettled = true;
        }
        finally
        {
            _turn.Release();
        }
    }

    private void ThrowIfLost()
    {
        // Storage keeps accepting an old pop receipt until somebody else gets the message; the broker does not.
        if (IsSettled || TimeProvider.System.GetUtcNow() >= LockedUntil)
            throw BrokerErrors.LockLost(queue.Path);
    }
}
