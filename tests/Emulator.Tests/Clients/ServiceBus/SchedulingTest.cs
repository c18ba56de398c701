using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.Tests.Clients.ServiceBus;

public sealed class SchedulingTest(StorageFixture azurite)
{
    [Fact]
    public async Task A_scheduled_message_appears_when_the_apps_clock_reaches_its_time()
    {
        var clock = new MovableClock();
        await using var broker = azurite.NewBroker(clock);
        await broker.Namespace.DeclareSubscriptionAsync("events", "push");
        var due = clock.GetUtcNow().AddHours(3);
        var number = await broker.Client.CreateSender("q").ScheduleMessageAsync(new ServiceBusMessage("later"), due);
        await broker.Client.CreateSender("events").SendMessageAsync(new ServiceBusMessage("too") { ScheduledEnqueueTime = due });
        var queue = broker.Client.CreateReceiver("q");
        var push = broker.Client.CreateReceiver("events", "push");

        await MoveAsync(TimeSpan.FromHours(2));
        Assert.True(await Broker.IsEmptyAsync(queue) && await Broker.IsEmptyAsync(push));
        await MoveAsync(TimeSpan.FromHours(1.5));

        var message = await Broker.NextAsync(queue);
        Assert.Equal(("later", 1, due, number), (message.Body.ToString(), message.DeliveryCount, message.EnqueuedTime, message.SequenceNumber));
        Assert.Equal("too", (await Broker.NextAsync(push)).Body.ToString());

        async Task MoveAsync(TimeSpan by)
        {
            clock.Advance(by);
            await broker.Namespace.ClockMovedAsync();
        }
    }

    [Fact]
    public async Task A_scheduled_message_appears_when_its_time_comes()
    {
        await using var broker = azurite.NewBroker();
        var due = TimeProvider.System.GetUtcNow().AddSeconds(1);
        await broker.Client.CreateSender("q").ScheduleMessageAsync(new ServiceBusMessage("later"), due);
        var receiver = broker.Client.CreateReceiver("q");
        Assert.True(await Broker.IsEmptyAsync(receiver));

        Assert.Equal(1, (await Broker.NextAsync(receiver)).DeliveryCount);
        Assert.True(TimeProvider.System.GetUtcNow() >= due);
    }

    [Fact]
    public async Task A_cancelled_message_never_appears_and_cancelling_twice_or_too_late_is_refused()
    {
        var clock = new MovableClock();
        await using var broker = azurite.NewBroker(clock);
        var sender = broker.Client.CreateSender("q");
        var receiver = broker.Client.CreateReceiver("q");
        var numbers = await sender.ScheduleMessagesAsync([new("a"), new("b")], clock.GetUtcNow().AddHours(1));

        await sender.CancelScheduledMessageAsync(numbers[0]);
        await BrokerRefuses.WithAsync(ServiceBusFailureReason.MessageNotFound, () => sender.CancelScheduledMessageAsync(numbers[0]));
        clock.Advance(TimeSpan.FromHours(2));
        await broker.Namespace.ClockMovedAsync();

        Assert.Equal("b", (await Broker.NextAsync(receiver)).Body.ToString());
        Assert.True(await Broker.IsEmptyAsync(receiver));
        await BrokerRefuses.WithAsync(ServiceBusFailureReason.MessageNotFound, () => sender.CancelScheduledMessageAsync(numbers[1]));
    }

    [Fact]
    public async Task An_expired_message_is_dropped()
    {
        var clock = new MovableClock();
        await using var broker = azurite.NewBroker(clock);
        var sender = broker.Client.CreateSender("q");
        await sender.SendMessageAsync(new ServiceBusMessage("short") { TimeToLive = TimeSpan.FromMinutes(1) });
        await sender.SendMessageAsync(new ServiceBusMessage("long") { TimeToLive = TimeSpan.FromDays(1) });

        clock.Advance(TimeSpan.FromMinutes(2));

        Assert.Equal("long", (await Broker.NextAsync(broker.Client.CreateReceiver("q"))).Body.ToString());
        Assert.True(await Broker.IsEmptyAsync(broker.Client.CreateReceiver("q")));
    }

    private sealed class MovableClock : TimeProvider
    {
        private TimeSpan _ahead;

        public void Advance(TimeSpan by) => _ahead += by;

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + _ahead;
    }
}
