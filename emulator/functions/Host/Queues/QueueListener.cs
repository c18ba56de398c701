using Azure;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.Hosting;

/// <summary>
/// Runs one function for each message of a storage queue. A failed message is tried again; after the last try it goes to <c>{queue}-poison</c>.
/// </summary>
internal sealed class QueueListener : IFunctionListener
{
    private static readonly TimeSpan Hidden = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestPause = TimeSpan.FromMilliseconds(50);

    private readonly HostedFunction function;
    private readonly IFunctionInvoker invoker;
    private readonly ILogger logger;
    private readonly QueueClient queue;
    private readonly QueueClient poison;
    private readonly int batchSize;
    private readonly int maxDequeueCount;
    private readonly TimeSpan longestPause;
    private readonly TimeSpan retryAfter;
    private readonly SemaphoreSlim free;
    private readonly CancellationTokenSource stop = new();
    private readonly CancellationTokenSource killed = new();
    private Task loop = Task.CompletedTask;
    private int running;

    public QueueListener(
        HostedFunction function, QueueServiceClient account, string queueName, IFunctionInvoker invoker, HostStartup startup, ILoggerFactory loggers)
    {
        this.function = function;
        this.invoker = invoker;
        logger = loggers.CreateLogger("Host.Queues");
        queue = account.GetQueueClient(queueName);
        poison = account.GetQueueClient($"{queueName}-poison");
        var settings = startup.HostJson;
        batchSize = settings.Number("extensions:queues:batchSize", 16, 1, QueueClient.MaxMessages);
        maxDequeueCount = settings.Number("extensions:queues:maxDequeueCount", 5);
        retryAfter = settings.Time("extensions:queues:visibilityTimeout", TimeSpan.Zero);

        // The host's own default of a minute would make a developer wait; in Azure it only saves transactions.
        longestPause = settings.Time("extensions:queues:maxPollingInterval", TimeSpan.FromSeconds(1));
        free = new SemaphoreSlim(batchSize + settings.Number("extensions:queues:newBatchThreshold", batchSize / 2, 0));
    }

    public async Task StartAsync(CancellationToken cancellation)
    {
        await queue.CreateIfNotExistsAsync(cancellationToken: cancellation);
        loop = Task.Run(PollAsync, CancellationToken.None);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        await stop.CancelAsync();
        await loop;
        while (Volatile.Read(ref running) > 0 && !cancellation.IsCancellationRequested)
            await Task.Delay(ShortestPause, CancellationToken.None);
    }

    public void Kill()
    {
        killed.Cancel();
        stop.Cancel();
    }

    public async Task<bool> IsIdleAsync(CancellationToken cancellation) =>
        Volatile.Read(ref running) == 0 && (await queue.PeekMessagesAsync(1, cancellation)).Count == 0;

    private async Task PollAsync()
    {
        var pause = ShortestPause;
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await free.WaitAsync(stop.Token);
                free.Release();

                // Not cancelled by a stop: what has been received is hidden from everybody else, so it is run.
                var messages = await queue.ReceiveMessagesAsync(Math.Min(batchSize, free.CurrentCount), Hidden);
                foreach (var message in messages)
                {
                    await free.WaitAsync();
                    Interlocked.Increment(ref running);
                    _ = Task.Run(() => HandleAsync(message), CancellationToken.None);
                }

                pause = messages.Count > 0 ? ShortestPause : pause * 2 < longestPause ? pause * 2 : longestPause;
                if (messages.Count == 0)
                    await Task.Delay(pause, stop.Token);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                // Stopped while waiting.
            }
            catch (Exception e)
            {
                logger.LogWarning(e, "Queue trigger of {Function}: receiving failed", function.Name);
                await Task.Delay(longestPause, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task HandleAsync(QueueMessage message)
    {
        try
        {
            var request = new InvocationRequest { TriggerData = message.Body, Metadata = Metadata(message) };
            var outcome = await invoker.InvokeAsync(function, request, killed.Token).WaitAsync(killed.Token);
            if (outcome.IsSuccess)
                await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
            else
                await GiveBackAsync(message);
        }
        catch (Exception e) when (e is RequestFailedException or OperationCanceledException)
        {
            if (!killed.IsCancellationRequested)
                logger.LogWarning(e, "Queue trigger of {Function}: settling failed", function.Name);
        }
        finally
        {
            Interlocked.Decrement(ref running);
            free.Release();
        }
    }

    private async Task GiveBackAsync(QueueMessage message)
    {
        if (message.DequeueCount < maxDequeueCount)
        {
            await queue.UpdateMessageAsync(message.MessageId, message.PopReceipt, retryAfter);
            return;
        }

        // Copy, then delete: killed in between, the message is in both queues, never in none.
        await poison.CreateIfNotExistsAsync();
        await poison.SendMessageAsync(message.Body);
        await queue.DeleteMessageAsync(message.MessageId, message.PopReceipt);
        logger.LogWarning("Message {MessageId} of {Function} went to the poison queue after {Count} tries", message.MessageId, function.Name, message.DequeueCount);
    }

    private static Dictionary<string, object?> Metadata(QueueMessage message) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Id"] = message.MessageId,
        ["DequeueCount"] = message.DequeueCount,
        ["InsertionTime"] = message.InsertedOn,
        ["ExpirationTime"] = message.ExpiresOn,
        ["NextVisibleTime"] = message.NextVisibleOn,
        ["PopReceipt"] = message.PopReceipt,
        ["QueueTrigger"] = message.Body.ToString(),
    };
}
