using System.Security.Cryptography;
using Azure.Messaging.ServiceBus;

namespace Serverless.Emulator.Tests.Clients.ServiceBus;

public sealed class MessagesTest(StorageFixture azurite)
{
    [Fact]
    public async Task A_message_arrives_with_all_its_properties()
    {
        await using var broker = azurite.NewBroker();
        var sent = new ServiceBusMessage("{\"ë\":1}")
        {
            MessageId = "m-1",
            CorrelationId = "c",
            Subject = "BillDue",
            ContentType = "application/json",
            SessionId = "s",
            PartitionKey = "s",
            To = "to",
            ReplyTo = "reply",
            ReplyToSessionId = "rs",
            TimeToLive = TimeSpan.FromDays(1),
        };
        object[] values =
        [
            "text", true, (byte)1, (sbyte)-1, (short)-2, (ushort)2, -3, 3u, -4L, 4UL, 1.5f, 2.5, 3.25m, 'ç', Guid.NewGuid(),
            new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc), new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(2)), TimeSpan.FromMinutes(7), new Uri("http://a/b"),
        ];
        for (var i = 0; i < values.Length; i++)
            sent.ApplicationProperties[$"p{i}"] = values[i];
        var before = TimeProvider.System.GetUtcNow();

        await broker.Client.CreateSender("q").SendMessageAsync(sent);
        var received = await Broker.NextAsync(broker.Client.CreateReceiver("q"));

        Assert.Equal("{\"ë\":1}", received.Body.ToString());
        Assert.Equal(
            ("m-1", "c", "BillDue", "application/json", "s", "s", "to", "reply", "rs", TimeSpan.FromDays(1)),
            (received.MessageId, received.CorrelationId, received.Subject, received.ContentType, received.SessionId, received.PartitionKey, received.To,
                received.ReplyTo, received.ReplyToSessionId, received.TimeToLive));
        Assert.Equal(values, Enumerable.Range(0, values.Length).Select(i => received.ApplicationProperties[$"p{i}"]));
        Assert.Equal((1, ServiceBusMessageState.Active), (received.DeliveryCount, received.State));
        Assert.InRange(received.EnqueuedTime, before.AddSeconds(-1), TimeProvider.System.GetUtcNow().AddSeconds(1));
        Assert.True(received.LockedUntil > before);
        Assert.NotEqual(Guid.Empty, Guid.Parse(received.LockToken));
        Assert.Equal(received.EnqueuedTime.AddDays(1), received.ExpiresAt);
    }

    [Fact]
    public async Task Messages_come_in_order_with_growing_sequence_numbers()
    {
        await using var broker = azurite.NewBroker();
        await broker.SendAsync("q", "1", "2", "3");

        var received = await broker.Client.CreateReceiver("q").ReceiveMessagesAsync(10, Broker.Soon);

        Assert.Equal(["1", "2", "3"], received.Select(m => m.Body.ToString()));
        Assert.True(received[0].SequenceNumber < received[1].SequenceNumber && received[1].SequenceNumber < received[2].SequenceNumber);
        Assert.Equal(3, received.Select(m => m.MessageId).Distinct().Count());
    }

    [Theory]
    [InlineData(60_000)]
    [InlineData(250_000)]
    public async Task A_body_larger_than_a_storage_queue_message_arrives(int bytes)
    {
        await using var broker = azurite.NewBroker();
        var body = RandomNumberGenerator.GetBytes(bytes);
        await broker.Namespace.DeclareSubscriptionAsync("topic", "a");
        await broker.Namespace.DeclareSubscriptionAsync("topic", "b");

        await broker.Client.CreateSender("topic").SendMessageAsync(new ServiceBusMessage(body));

        foreach (var subscription in new[] { "a", "b" })
        {
            var receiver = broker.Client.CreateReceiver("topic", subscription);
            var received = await Broker.NextAsync(receiver);
            Assert.Equal(body, received.Body.ToArray());
            await receiver.CompleteMessageAsync(received);
        }
    }

    [Fact]
    public async Task A_message_over_256_kb_is_refused_and_a_batch_takes_no_more_than_that()
    {
        await using var broker = azurite.NewBroker();
        var sender = broker.Client.CreateSender("q");
        using var batch = await sender.CreateMessageBatchAsync();

        await BrokerRefuses.WithAsync(ServiceBusFailureReason.MessageSizeExceeded, () => sender.SendMessageAsync(new ServiceBusMessage(new byte[256 * 1024])));
        Assert.True(batch.TryAddMessage(new ServiceBusMessage(new byte[150_000])));
        Assert.False(batch.TryAddMessage(new ServiceBusMessage(new byte[150_000])));
        Assert.Equal((1, 256L * 1024), (batch.Count, batch.MaxSizeInBytes));
        await sender.SendMessagesAsync(batch);
        Assert.Equal(150_000, (await Broker.NextAsync(broker.Client.CreateReceiver("q"))).Body.ToMemory().Length);
    }

    [Fact]
    public async Task Every_subscription_of_a_topic_gets_its_copy_and_a_topic_without_any_drops_the_message()
    {
        await using var broker = azurite.NewBroker();
        await broker.Namespace.DeclareTopicAsync("silent");
        await broker.Namespace.DeclareSubscriptionAsync("events", "push");
        await broker.Namespace.DeclareSubscriptionAsync("events", "audit");

        await broker.SendAsync("silent", "nobody");
        await broker.SendAsync("events", "paid");

        var push = broker.Client.CreateReceiver("events", "push");
        var message = await Broker.NextAsync(push);
        await push.CompleteMessageAsync(message);
        Assert.Equal("events/Subscriptions/push", push.EntityPath);
        Assert.Equal("paid", (await Broker.NextAsync(broker.Client.CreateReceiver("events", "audit"))).Body.ToString());
        Assert.True(await Broker.IsEmptyAsync(push));
        Assert.True(await Broker.IsEmptyAsync(broker.Client.CreateReceiver("silent")));
    }

    [Fact]
    public async Task Another_process_finds_the_subscriptions_that_were_declared()
    {
        await using var broker = azurite.NewBroker();
        await broker.Namespace.DeclareSubscriptionAsync("events", "push");
        // The same namespace with nothing in memory, as after a restart.
        Emulator.ServiceBus.LocalNamespaces.Map(broker.Namespace.HostName, azurite.ConnectionString);

        await broker.SendAsync("events", "paid");

        Assert.Equal("paid", (await Broker.NextAsync(broker.Client.CreateReceiver("events", "push"))).Body.ToString());
    }

    [Fact]
    public async Task Names_that_no_storage_queue_may_have_do_not_meet()
    {
        await using var broker = azurite.NewBroker();
        string[] names = ["bills.due", "bills-due", "bills/due", new string('x', 100), new string('x', 101)];

        foreach (var name in names)
            await broker.SendAsync(name, name);

        foreach (var name in names)
            Assert.Equal([name], (await broker.Client.CreateReceiver(name).ReceiveMessagesAsync(10, Broker.Soon)).Select(m => m.Body.ToString()));
    }

    [Fact]
    public async Task Names_ignore_case()
    {
        await using var broker = azurite.NewBroker();

        await broker.SendAsync("Bills.Due", "a");

        Assert.Equal("a", (await Broker.NextAsync(broker.Client.CreateReceiver("bills.due"))).Body.ToString());
    }

    [Fact]
    public async Task A_message_goes_on_with_its_body_and_properties_but_not_its_dead_letter_reason()
    {
        await using var broker = azurite.NewBroker();
        await broker.Client.CreateSender("q").SendMessageAsync(new ServiceBusMessage("b") { MessageId = "m", ApplicationProperties = { ["n"] = 1 } });
        var receiver = broker.Client.CreateReceiver("q");
        await receiver.DeadLetterMessageAsync(await Broker.NextAsync(receiver), "reason", "description");
        var dead = await Broker.NextAsync(broker.Client.CreateReceiver("q", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter }));

        var copy = new ServiceBusMessage(dead);

        Assert.Equal(("b", "m", "n"), (copy.Body.ToString(), copy.MessageId, Assert.Single(copy.ApplicationProperties).Key));
    }

    [Fact]
    public void The_model_factory_makes_received_messages_for_tests()
    {
        var message = ServiceBusModelFactory.ServiceBusReceivedMessage(
            body: BinaryData.FromString("b"), messageId: "m", deliveryCount: 3, lockTokenGuid: Guid.Parse("11111111-1111-1111-1111-111111111111"),
            properties: new Dictionary<string, object> { ["n"] = 1 });

        Assert.Equal(
            ("b", "m", 3, "11111111-1111-1111-1111-111111111111", 1),
            (message.Body.ToString(), message.MessageId, message.DeliveryCount, message.LockToken, message.ApplicationProperties["n"]));
    }

    [Fact]
    public void A_message_id_is_short_a_time_to_live_positive_and_a_broker_on_this_machine()
    {
        Assert.Throws<ArgumentException>(() => new ServiceBusMessage { MessageId = new string('x', 129) });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ServiceBusMessage { TimeToLive = TimeSpan.Zero });
        Assert.Throws<NotSupportedException>(() => new ServiceBusClient("Endpoint=sb://bank.servicebus.windows.net;SharedAccessKeyName=a;SharedAccessKey=b"));
    }
}
