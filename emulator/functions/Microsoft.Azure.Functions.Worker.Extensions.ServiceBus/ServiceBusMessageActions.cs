using Azure.Messaging.ServiceBus;
using Serverless.Emulator.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles messages from within the function; use it with <c>AutoCompleteMessages = false</c>.</summary>
/// <remarks>Settling twice, or after the lock is lost, throws ServiceBusException with MessageLockLost.</remarks>
public class ServiceBusMessageActions
{
    protected ServiceBusMessageActions()
    {
    }

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        LockOf(message).CompleteAsync(cancellationToken);

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        LockOf(message).AbandonAsync(propertiesToModify, cancellationToken);

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? propertiesToModify = null,
        string? deadLetterReason = null,
        string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        LockOf(message).DeadLetterAsync(propertiesToModify, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        LockOf(message).RenewAsync(cancellationToken);

    internal static ServiceBusMessageActions Create() => new();

    private static MessageLock LockOf(ServiceBusReceivedMessage message) =>
        message.Lock ?? throw new InvalidOperationException("The message was not handed out by a trigger.");
}
