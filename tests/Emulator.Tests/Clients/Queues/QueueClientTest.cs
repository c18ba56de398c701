using Azure;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.Tests.Clients.Queues;

public sealed class QueueClientTest(StorageFixture azurite)
{
    private static readonly TimeSpan AMinute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_message_comes_back_as_it_was_put()
    {
        const string text = " <çmimi> & \"1\" \r\n\t ";
        var plain = await azurite.NewQueueAsync();
        var base64 = await azurite.NewQueueAsync(QueueMessageEncoding.Base64);
        byte[] bytes = [0, 1, 2, 255];

        await plain.SendMessageAsync(text);
        await base64.SendMessageAsync(new BinaryData(bytes));

        var message = Assert.Single(await plain.ReceiveMessagesAsync());
        Assert.Equal((text, 1L), (message.Body.ToString(), message.DequeueCount));
        Assert.Equal(bytes, Assert.Single(await base64.ReceiveMessagesAsync()).Body.ToArray());
    }

    [Fact]
    public async Task A_received_message_is_hidden_until_its_holder_shows_it()
    {
        var queue = await azurite.NewQueueAsync();
        await queue.SendMessageAsync("a");
        var held = Assert.Single(await queue.ReceiveMessagesAsync(32, AMinute));

        Assert.Empty(await queue.ReceiveMessagesAsync());
        Assert.Empty(await queue.PeekMessagesAsync());
        await queue.UpdateMessageAsync(held.MessageId, held.PopReceipt, TimeSpan.Zero, BinaryData.FromString("b"));

        var again = Assert.Single(await queue.ReceiveMessagesAsync(1, AMinute));
        Assert.Equal(("b", 2L, held.MessageId), (again.Body.ToString(), again.DequeueCount, again.MessageId));
    }

    [Fact]
    public async Task An_old_pop_receipt_neither_deletes_nor_updates_and_a_deleted_message_is_404()
    {
        var queue = await azurite.NewQueueAsync();
        var sent = await queue.SendMessageAsync("a");
        var held = Assert.Single(await queue.ReceiveMessagesAsync());

        Assert.Equal("400 PopReceiptMismatch", await RefusedAsync(() => queue.DeleteMessageAsync(sent.MessageId, sent.PopReceipt)));
        Assert.Equal("400 PopReceiptMismatch", await RefusedAsync(() => queue.UpdateMessageAsync(sent.MessageId, sent.PopReceipt, AMinute)));
        await queue.DeleteMessageAsync(held.MessageId, held.PopReceipt);
        Assert.Equal("404 MessageNotFound", await RefusedAsync(() => queue.DeleteMessageAsync(held.MessageId, held.PopReceipt)));
    }

    [Fact]
    public async Task A_message_put_hidden_is_counted_not_seen_and_can_be_shown_by_its_sender()
    {
        var queue = await azurite.NewQueueAsync();
        var sent = await queue.SendMessageAsync("later", visibilityTimeout: TimeSpan.FromHours(1));

        Assert.Empty(await queue.ReceiveMessagesAsync());
        Assert.Equal(1, (await queue.GetPropertiesAsync()).ApproximateMessageCount);
        await queue.UpdateMessageAsync(sent.MessageId, sent.PopReceipt, TimeSpan.Zero);
        Assert.Equal("later", Assert.Single(await queue.ReceiveMessagesAsync()).Body.ToString());
    }

    [Fact]
    public async Task Messages_come_in_order_up_to_32_at_a_time_and_clear_takes_all()
    {
        var queue = await azurite.NewQueueAsync();
        for (var i = 0; i < 40; i++)
            await queue.SendMessageAsync($"{i}");

        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"{i}"), (await queue.PeekMessagesAsync(32)).Select(m => m.Body.ToString()));
        Assert.Equal(Enumerable.Range(0, 32).Select(i => $"{i}"), (await queue.ReceiveMessagesAsync(32, AMinute)).Select(m => m.Body.ToString()));
        await queue.ClearMessagesAsync();
        Assert.Equal(0, (await queue.GetPropertiesAsync()).ApproximateMessageCount);
    }

    [Fact]
    public async Task A_queue_is_created_once_listed_with_its_metadata_and_deleted_once()
    {
        var service = new QueueServiceClient(azurite.ConnectionString);
        var queue = service.GetQueueClient(StorageFixture.NewName("q"));

        Assert.True(await queue.CreateIfNotExistsAsync(new Dictionary<string, string> { ["kind"] = "a" }));
        Assert.False(await queue.CreateIfNotExistsAsync(new Dictionary<string, string> { ["kind"] = "b" }));
        var items = new List<QueueItem>();
        await foreach (var item in service.GetQueuesAsync(queue.Name))
            items.Add(item);
        Assert.Equal((queue.Name, "a"), (Assert.Single(items).Name, items[0].Metadata["Kind"]));
        Assert.True(await queue.DeleteIfExistsAsync());
        Assert.False(await queue.DeleteIfExistsAsync());
        Assert.Equal("404 QueueNotFound", await RefusedAsync(() => queue.SendMessageAsync("x")));
    }

    [Fact]
    public async Task A_text_over_64_kib_is_refused()
    {
        var queue = await azurite.NewQueueAsync();

        await queue.SendMessageAsync(new string('x', QueueClient.MaxTextBytes));
        Assert.Equal("413 RequestBodyTooLarge", await RefusedAsync(() => queue.SendMessageAsync(new string('x', QueueClient.MaxTextBytes + 1))));
    }

    private static async Task<string> RefusedAsync(Func<Task> call)
    {
        var refused = await Assert.ThrowsAsync<RequestFailedException>(call);
        return $"{refused.Status} {refused.ErrorCode}";
    }
}
