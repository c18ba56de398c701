namespace Serverless.Emulator.ServiceBus;

/// <summary>Wakes the receivers of one queue when this process has put something there, so that they need not poll for it.</summary>
internal sealed class QueueSignal
{
    private volatile TaskCompletionSource _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Take it before looking into the queue: a message put after the look completes it.</summary>
    public Task Next => _next.Task;

    public void Raise() =>
        Interlocked.Exchange(ref _next, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
}
