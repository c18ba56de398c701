using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.Tests.Clients.ServiceBus;

public sealed class ProcessorTest(StorageFixture azurite)
{
    [Fact]
    public async Task A_handler_that_returns_completes_and_one_that_throws_gets_the_message_again()
    {
        await using var broker = azurite.NewBroker();
        var seen = new ConcurrentQueue<string>();
        var errors = new ConcurrentQueue<string>();
        var done = new TaskCompletionSource();
        await using var processor = broker.Client.CreateProcessor("q");
        processor.ProcessMessageAsync += args =>
        {
            seen.Enqueue($"{args.Message.Body} {args.Message.DeliveryCount}");
            if (args.Message.Body.ToString() == "bad" && args.Message.DeliveryCount == 1)
                throw new InvalidOperationException("not yet");
            if (seen.Count == 3)
                done.SetResult();
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += args =>
        {
            errors.Enqueue($"{args.ErrorSource} {args.Exception.Message} {args.EntityPath}");
            return Task.CompletedTask;
        };

        await processor.StartProcessingAsync();
        await broker.SendAsync("q", "bad", "good");
        await done.Task.WaitAsync(Broker.Soon);
        await processor.StopProcessingAsync();

        Assert.Equal(["bad 1", "bad 2", "good 1"], seen.Order());
        Assert.Equal(["ProcessMessageCallback not yet q"], errors);
        Assert.True(await Broker.IsEmptyAsync(broker.Client.CreateReceiver("q")));
        Assert.False(processor.IsProcessing);
    }

    [Fact]
    public async Task No_more_handlers_run_at_a_time_than_allowed_and_all_of_them_may()
    {
        await using var broker = azurite.NewBroker();
        var (running, highest, handled) = (0, 0, 0);
        var all = new TaskCompletionSource();
        var done = new TaskCompletionSource();
        await using var processor = broker.Client.CreateProcessor("q", new ServiceBusProcessorOptions { MaxConcurrentCalls = 4 });
        processor.ProcessMessageAsync += async _ =>
        {
            var now = Interlocked.Increment(ref running);
            InterlockedMax(ref highest, now);
            if (now == 4)
                all.TrySetResult();
            await all.Task.WaitAsync(Broker.Soon);
            Interlocked.Decrement(ref running);
            if (Interlocked.Increment(ref handled) == 12)
                done.SetResult();
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await broker.SendAsync("q", [.. Enumerable.Range(0, 12).Select(i => $"{i}")]);

        await processor.StartProcessingAsync();
        await done.Task.WaitAsync(Broker.Soon);

        Assert.Equal(4, highest);
    }

    [Fact]
    public async Task With_auto_complete_off_a_message_is_settled_by_its_handler_only()
    {
        await using var broker = azurite.NewBroker();
        var handled = new ConcurrentQueue<string>();
        var done = new TaskCompletionSource();
        await using var processor = broker.Client.CreateProcessor("q", new ServiceBusProcessorOptions { AutoCompleteMessages = false });
        processor.ProcessMessageAsync += async args =>
        {
            if (args.Message.Body.ToString() == "dead")
                await args.DeadLetterMessageAsync(args.Message, "reason");
            handled.Enqueue(args.Message.Body.ToString());
            if (handled.Count == 2)
                done.SetResult();
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;

        await processor.StartProcessingAsync();
        await broker.SendAsync("q", "dead", "left");
        await done.Task.WaitAsync(Broker.Soon);
        await processor.StopProcessingAsync();

        var deadLetters = broker.Client.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        Assert.Equal("reason", (await Broker.NextAsync(deadLetters)).DeadLetterReason);
        // Neither completed nor given back: its lock keeps it.
        Assert.True(await Broker.IsEmptyAsync(broker.Client.CreateReceiver("q")));
        Assert.Equal(1, (await broker.Namespace.Queue("q").Storage.GetPropertiesAsync()).ApproximateMessageCount);
    }

    [Fact]
    public async Task The_lock_of_a_running_handler_is_renewed()
    {
        await using var broker = azurite.NewBroker();
        broker.Namespace.LockDuration = TimeSpan.FromSeconds(2);
        var deliveries = 0;
        var renewedPast = new TaskCompletionSource<DateTimeOffset>();
        await using var processor = broker.Client.CreateProcessor("q", new ServiceBusProcessorOptions { MaxConcurrentCalls = 2 });
        processor.ProcessMessageAsync += async args =>
        {
            Interlocked.Increment(ref deliveries);
            var first = args.Message.LockedUntil;
            using var deadline = new CancellationTokenSource(Broker.Soon);
            using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(50));
            while (TimeProvider.System.GetUtcNow() <= first.AddSeconds(1))
                await tick.WaitForNextTickAsync(deadline.Token);
            renewedPast.SetResult(args.Message.LockedUntil);
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;

        await broker.SendAsync("q", "slow");
        await processor.StartProcessingAsync();
        var lockedUntil = await renewedPast.Task.WaitAsync(Broker.Soon);
        await processor.StopProcessingAsync();

        Assert.True(lockedUntil > TimeProvider.System.GetUtcNow().AddSeconds(-2));
        Assert.Equal(1, deliveries);
        Assert.Equal(0, (await broker.Namespace.Queue("q").Storage.GetPropertiesAsync()).ApproximateMessageCount);
    }

    [Fact]
    public async Task Stopping_waits_for_the_handler_and_tells_it()
    {
        await using var broker = azurite.NewBroker();
        var started = new TaskCompletionSource();
        var told = false;
        await using var processor = broker.Client.CreateProcessor("q");
        processor.ProcessMessageAsync += async args =>
        {
            started.SetResult();
            await Task.Delay(Timeout.Infinite, args.CancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            told = args.CancellationToken.IsCancellationRequested;
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await broker.SendAsync("q", "a");
        await processor.StartProcessingAsync();
        await started.Task.WaitAsync(Broker.Soon);

        await processor.StopProcessingAsync();

        Assert.True(told);
        Assert.Equal(0, (await broker.Namespace.Queue("q").Storage.GetPropertiesAsync()).ApproximateMessageCount);
    }

    [Fact]
    public async Task A_processor_needs_both_handlers_takes_one_of_each_and_starts_once()
    {
        await using var broker = azurite.NewBroker();
        await using var processor = broker.Client.CreateProcessor("q");
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync());
        processor.ProcessMessageAsync += Handle;
        processor.ProcessErrorAsync += _ => Task.CompletedTask;

        Assert.Throws<NotSupportedException>(() => processor.ProcessMessageAsync += Handle);
        await processor.StartProcessingAsync();
        Assert.True(processor.IsProcessing);
        await Assert.ThrowsAsync<InvalidOperationException>(() => processor.StartProcessingAsync());
        Assert.Throws<InvalidOperationException>(() => processor.ProcessMessageAsync -= Handle);

        static Task Handle(ProcessMessageEventArgs args) => Task.CompletedTask;
    }

    [Fact]
    public async Task A_waiting_receiver_hears_of_a_message_from_its_own_process_without_polling()
    {
        await using var broker = azurite.NewBroker();
        var receiver = broker.Client.CreateReceiver("q");
        var signal = broker.Namespace.Queue("q").Signal.Next;
        var receiving = receiver.ReceiveMessageAsync(Broker.Soon);

        await broker.SendAsync("q", "a");

        Assert.True(signal.IsCompletedSuccessfully);
        Assert.Equal("a", (await receiving)?.Body.ToString());
    }

    [Fact]
    public async Task A_cancelled_receive_leaves_no_message_locked()
    {
        await using var broker = azurite.NewBroker();
        var receiver = broker.Client.CreateReceiver("q");
        using var cancel = new CancellationTokenSource();
        var receiving = receiver.ReceiveMessageAsync(Broker.Soon, cancel.Token);

        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => receiving);
        await broker.SendAsync("q", "a");

        Assert.Equal(1, (await Broker.NextAsync(receiver)).DeliveryCount);
    }

    private static void InterlockedMax(ref int highest, int value)
    {
        int seen;
        while ((seen = Volatile.Read(ref highest)) < value)
            Interlocked.CompareExchange(ref highest, value, seen);
    }
}
