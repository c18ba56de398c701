using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.ServiceBus;

internal sealed record MessagePumpOptions
{
    /// <summary>Handlers at a time.</summary>
    public int MaxConcurrentCalls { get; init; } = 1;

    /// <summary>Messages for one call of the handler; more than one only for batched handlers.</summary>
    public int MaxMessagesPerCall { get; init; } = 1;

    /// <summary>Complete what the handler left unsettled when it returns.</summary>
    public bool AutoComplete { get; init; } = true;
    public ServiceBusReceiveMode ReceiveMode { get; init; } = ServiceBusReceiveMode.PeekLock;

    /// <summary>Locks are renewed for a running handler that long; zero never.</summary>
    public TimeSpan MaxAutoLockRenewalDuration { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Receives, calls a handler, settles by outcome: the engine of processors and of Service Bus triggers.</summary>
/// <remarks>
/// A handler that returns completes its messages, one that throws gives them back (and the last allowed delivery goes to the dead-letter
/// queue); what it settled itself stays as it is. Only as many messages are taken as there are free handlers.
/// </remarks>
internal sealed class MessagePump(
    LocalQueue queue,
    MessagePumpOptions options,
    Func<IReadOnlyList<ServiceBusReceivedMessage>, CancellationToken, Task> handler,
    Func<Exception, ServiceBusErrorSource, Task> onError) : IAsyncDisposable
{
    private static readonly TimeSpan Wait = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan PauseAfterError = TimeSpan.FromSeconds(1);

    private readonly SemaphoreSlim _free = new(options.MaxConcurrentCalls);
    private readonly ConcurrentDictionary<Task, byte> _running = new();
    private readonly CancellationTokenSource _stop = new();
    private Task? _loop;

    /// <summary>A handler runs, or what it handled is being settled.</summary>
    public bool IsBusy => !_running.IsEmpty;

    public void Start() => _loop ??= Task.Run(ReceiveLoopAsync);

    /// <summary>Takes no more, tells the handlers, and waits for them to end.</summary>
    public async Task StopAsync(CancellationToken cancellationToken = default)
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        if (_loop is not null)
            await _loop.WaitAsync(cancellationToken).ConfigureAwait(false);
        await Task.WhenAll(_running.Keys).WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync().ConfigureAwait(false);
        _stop.Dispose();
        _free.Dispose();
    }

    private async Task ReceiveLoopAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            var slots = 0;
            try
            {
                slots = await TakeSlotsAsync().ConfigureAwait(false);
                var wanted = options.MaxMessagesPerCall > 1 ? options.MaxMessagesPerCall : slots;
                var messages = await queue.ReceiveAsync(wanted, Wait, options.ReceiveMode, _stop.Token).ConfigureAwait(false);
                foreach (var call in messages.Chunk(options.MaxMessagesPerCall))
                {
                    slots--;
                    Run(call);
                }
            }
            catch (OperationCanceledException) when (_stop.IsCancellationRequested)
            {
                // Stopped while waiting.
            }
            catch (Exception failure)
            {
                await ReportAsync(failure, ServiceBusErrorSource.Receive).ConfigureAwait(false);
                await Task.Delay(PauseAfterError, _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }

            if (slots > 0)
                _free.Release(slots);
        }
    }

    private async Task<int> TakeSlotsAsync()
    {
        await _free.WaitAsync(_stop.Token).ConfigureAwait(false);
        var slots = 1;
        while (options.MaxMessagesPerCall == 1 && slots < options.MaxConcurrentCalls && _free.Wait(0))
            slots++;
        return slots;
    }

    private void Run(IReadOnlyList<ServiceBusReceivedMessage> messages)
    {
        var running = Task.Run(() => HandleAsync(messages));
        _running.TryAdd(running, 0);
        running.ContinueWith(done => _running.TryRemove(done, out _), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    private async Task HandleAsync(IReadOnlyList<ServiceBusReceivedMessage> messages)
    {
        using var handled = new CancellationTokenSource();
        var renewing = RenewLocksAsync(messages, handled.Token);
        try
        {
            await handler(messages, _stop.Token).ConfigureAwait(false);
            if (options.AutoComplete)
                await SettleAsync(messages, ServiceBusErrorSource.Complete, held => held.CompleteAsync()).ConfigureAwait(false);
        }
        catch (Exception failure)
        {
            if (failure is not OperationCanceledException || !_stop.IsCancellationRequested)
                await ReportAsync(failure, ServiceBusErrorSource.ProcessMessageCallback).ConfigureAwait(false);
            if (failure is not ServiceBusException { Reason: ServiceBusFailureReason.MessageLockLost })
                await SettleAsync(messages, ServiceBusErrorSource.Abandon, held => held.AbandonAsync()).ConfigureAwait(false);
        }
        finally
        {
            await handled.CancelAsync().ConfigureAwait(false);
            await renewing.ConfigureAwait(false);
            _free.Release();
        }
    }

    private async Task SettleAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, ServiceBusErrorSource source, Func<MessageLock, Task> settle)
    {
        foreach (var message in messages)
        {
            if (message.Lock is not { IsSettled: false } held)
                continue;
            try
            {
                await settle(held).ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                await ReportAsync(failure, source).ConfigureAwait(false);
            }
        }
    }

    private async Task RenewLocksAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, CancellationToken handled)
    {
        var started = TimeProvider.System.GetTimestamp();
        var interval = queue.Namespace.LockDuration / 2;
        while (true)
        {
            await Task.Delay(interval, handled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (handled.IsCancellationRequested || TimeProvider.System.GetElapsedTime(started) >= options.MaxAutoLockRenewalDuration)
                return;
            foreach (var held in messages.Select(m => m.Lock).OfType<MessageLock>().Where(l => !l.IsSettled))
            {
                try
                {
                    await held.RenewAsync(handled).ConfigureAwait(false);
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (Exception failure) when (!held.IsSettled)
                {
                    await ReportAsync(failure, ServiceBusErrorSource.RenewLock).ConfigureAwait(false);
                }
                catch (ServiceBusException)
                {
                    // Settled in the meantime: nothing to renew.
                }
            }
        }
    }

    private async Task ReportAsync(Exception failure, ServiceBusErrorSource source)
    {
        try
        {
            await onError(failure, source).ConfigureAwait(false);
        }
        catch (Exception)
        {
            // An error handler that throws must not end the pump; the official processor swallows it too.
        }
    }
}
