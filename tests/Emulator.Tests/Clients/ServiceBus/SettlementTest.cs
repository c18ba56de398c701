using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.Tests.Clients.ServiceBus;

public sealed class SettlementTest(StorageFixture azurite)
{
    private static readonly ServiceBusReceiverOptions DeadLetters = new() { SubQueue = SubQueue.DeadLetter };

    [Fact]
    public async Task A_completed_message_is_gone_and_cannot_be_settled_again()
    {
        await using var broker = azurite.NewBroker();
        await broker.SendAsync("q", "a");
        var receiver = broker.Client.CreateReceiver("q");
        var message = await Broker.NextAsync(receiver);

        await receiver.CompleteMessageAsync(message);

        Assert.True(await Broker.IsEmptyAsync(receiver));
        await BrokerRefuses.WithAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(message));
        await BrokerRefuses.WithAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.AbandonMessageAsync(message));
        await BrokerRefuses.WithAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.RenewMessageLockAsync(message));
    }

    [Fact]
    public async Task A_locked_message_is_seen_by_nobody_else()
    {
        await using var broker = azurite.NewBroker();
        await broker.SendAsync("q", "a");
        await Broker.NextAsync(broker.Client.CreateReceiver("q"));

        Assert.True(await Broker.IsEmptyAsync(broker.Client.CreateReceiver("q")));
        Assert.Null(await broker.Client.CreateReceiver("q").PeekMessageAsync());
    }

    [Fact]
    public async Task An_abandoned_message_comes_back_at_once_counted_and_with_its_changed_properties()
    {
        await using var broker = azurite.NewBroker();
        await broker.SendAsync("q", "a");
        var receiver = broker.Client.CreateReceiver("q");

        await receiver.AbandonMessageAsync(await Broker.NextAsync(receiver), new Dictionary<string, object> { ["tried"] = 1 });

        var again = await Broker.NextAsync(receiver);
        Assert.Equal(("a", 2, 1), (again.Body.ToString(), again.DeliveryCount, again.ApplicationProperties["tried"]));
    }

    [Fact]
    public async Task When_the_lock_expires_the_message_comes_back_and_the_first_holder_has_lost_it()
    {
        await using var broker = azurite.NewBroker();
        broker.Namespace.LockDuration = TimeSpan.FromSeconds(1);
        await broker.SendAsync("q", "a");
        var receiver = broker.Client.CreateReceiver("q");
        var first = await Broker.NextAsync(receiver);

        var second = await Broker.NextAsync(receiver);

        Assert.Equal((2, first.MessageId), (second.DeliveryCount, second.MessageId));
        await BrokerRefuses.WithAsync(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(first));
    }

    [Fact]
    public async Task A_renewed_lock_is_longer_and_still_settles()
    {
        await using var broker = azurite.NewBroker();
        await broker.SendAsync("q", "a");
        var receiver = broker.Client.CreateReceiver("q");
        var message = await Broker.NextAsync(receiver);
        var until = message.LockedUntil;

        await receiver.RenewMessageLockAsync(message);

        Assert.True(message.LockedUntil > until);
        await receiver.CompleteMessageAsync(message);
        Assert.True(await Broker.IsEmptyAsync(receiver));
    }

    [Fact]
    public async Task A_dead_lettered_message_waits_in_the_dead_letter_queue_with_its_reason()
    {
        await using var broker = azurite.NewBroker();
        await broker.Namespace.DeclareSubscriptionAsync("events", "push");
        await broker.SendAsync("events", "a");
        var receiver = broker.Client.CreateReceiver("events", "push");

        await receiver.DeadLetterMessageAsync(
            await Broker.NextAsync(receiver), new Dictionary<string, object> { ["n"] = 1 }, "no_such_customer", "nobody has this number");

        Assert.True(await Broker.IsEmptyAsync(receiver));
        var deadLetters = broker.Client.CreateReceiver("events", "push", DeadLetters);
        var dead = await Broker.NextAsync(deadLetters);
        Assert.Equal(
            ("a", "no_such_customer", "nobody has this number", 1),
            (dead.Body.ToString(), dead.DeadLetterReason, dead.DeadLetterErrorDescription, dead.ApplicationProperties["n"]));
        await deadLetters.CompleteMessageAsync(dead);
        Assert.True(await Broker.IsEmptyAsync(deadLetters));
    }

    [Fact]
    public async Task After_the_last_allowed_delivery_a_message_is_dead_lettered()
    {
        await using var broker = azurite.NewBroker();
        await broker.SendAsync("q", "a");
        var receiver = broker.Client.CreateReceiver("q");

        for (var delivery = 1; delivery <= 10; delivery++)
        {
            var message = await Broker.NextAsync(receiver);
            Assert.Equal(delivery, message.DeliveryCount);
            await receiver.AbandonMessageAsync(message);
        }

        Assert.True(await Broker.IsEmptyAsync(receiver));
        Assert.Equal("MaxDeliveryCountExceeded", (await Broker.NextAsync(broker.Client.CreateReceiver("q", DeadLetters))).DeadLetterReason);
    }

    [Fact]
    public async Task A_message_whose_lock_expires_too_often_is_dead_lettered_too()
    {
        await using var broker = azurite.NewBroker();
        broker.Namespace.LockDuration = TimeSpan.FromSeconds(1);
        broker.Namespace.MaxDeliveryCount = 1;
        await broker.SendAsync("q", "a");
        var receiver = broker.Client.CreateReceiver("q");
        await Broker.NextAsync(receiver);

        var looking = receiver.ReceiveMessageAsync(Broker.Soon);
        var dead = await Broker.NextAsync(broker.Client.CreateReceiver("q", DeadLetters));

        Assert.Equal("MaxDeliveryCountExceeded", dead.DeadLetterReason);
        await broker.SendAsync("q", "next");
        Assert.Equal("next", (await looking)?.Body.ToString());
    }

    [Fact]
    public async Task Receive_and_delete_leaves_nothing_to_settle()
    {
        await using var broker = azurite.NewBroker();
        await broker.SendAsync("q", "a");
        var receiver = broker.Client.CreateReceiver("q", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });

        var message = await Broker.NextAsync(receiver);

        Assert.Equal(("a", Guid.Empty.ToString()), (message.Body.ToString(), message.LockToken));
        Assert.True(await Broker.IsEmptyAsync(receiver));
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.CompleteMessageAsync(message));
    }

    [Fact]
    public async Task Peeking_goes_on_where_it_ended_and_locks_nothing()
    {
        await using var broker = azurite.NewBroker();
        await broker.SendAsync("q", "1", "2", "3");
        var receiver = broker.Client.CreateReceiver("q");

        Assert.Equal("1", (await receiver.PeekMessageAsync())?.Body.ToString());
        Assert.Equal(["2", "3"], (await receiver.PeekMessagesAsync(10)).Select(m => m.Body.ToString()));
        Assert.Empty(await receiver.PeekMessagesAsync(10));
        Assert.Equal(3, (await receiver.ReceiveMessagesAsync(10, Broker.Soon)).Count);
    }
}
