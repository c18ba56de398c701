using Azure;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.ServiceBus;

/// <summary>Storage's failures in the broker's words.</summary>
internal static class BrokerErrors
{
    public static ServiceBusException LockLost(string path, Exception? cause = null) => new(
        "The lock supplied is invalid. Either the lock expired, or the message has already been removed from the queue.",
        ServiceBusFailureReason.MessageLockLost, path, cause);

    public static ServiceBusException TooLarge(string path, long bytes) => new(
        $"The message of {bytes} bytes is larger than the limit of {MessageEnvelope.MaxBytes} bytes.", ServiceBusFailureReason.MessageSizeExceeded, path);

    public static async Task<T> TranslateAsync<T>(string path, Func<Task<T>> call)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (RequestFailedException failure)
        {
            throw Translate(path, failure);
        }
        catch (AggregateException failures) when (failures.InnerExceptions.Any(f => f is RequestFailedException or IOException or HttpRequestException))
        {
            throw Unreachable(path, failures);
        }
    }

    public static Task TranslateAsync(string path, Func<Task> call) => TranslateAsync(path, async () =>
    {
        await call().ConfigureAwait(false);
        return true;
    });

    private static ServiceBusException Translate(string path, RequestFailedException failure) => failure.ErrorCode switch
    {
        "MessageNotFound" or "PopReceiptMismatch" => LockLost(path, failure),
        "QueueNotFound" => new ServiceBusException(
            $"The messaging entity '{path}' could not be found.", ServiceBusFailureReason.MessagingEntityNotFound, path, failure),
        _ when failure.Status is 0 or >= 500 => Unreachable(path, failure),
        _ => new ServiceBusException(false, $"The broker's storage refused: {failure.ErrorCode}.", path, ServiceBusFailureReason.GeneralError, failure),
    };

    private static ServiceBusException Unreachable(string path, Exception cause) => new(
        "The broker's storage cannot be reached.", ServiceBusFailureReason.ServiceCommunicationProblem, path, cause);
}
