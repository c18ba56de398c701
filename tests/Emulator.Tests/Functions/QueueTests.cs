using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.Tests.Functions;

public sealed class QueueSample(Recorder recorder)
{
    [Function("Work")]
    public void Work([QueueTrigger("%Queue%-work")] Order order, long dequeueCount) => recorder.Note($"work {order.Id} {dequeueCount}");

    [Function("Broken")]
    public void Broken([QueueTrigger("%Queue%-broken")] string body)
    {
        recorder.Note($"broken {body}");
        throw new InvalidDataException("always");
    }

    [Function("Relay")]
    [QueueOutput("%Queue%-work")]
    public Order Relay([QueueTrigger("%Queue%-relay")] string body) => new(body, 1);
}

/// <summary>Rules of SEMANTICS 5 (storage queues).</summary>
public sealed class QueueTests : IAsyncLifetime
{
    private readonly Recorder recorder = new();
    private readonly string prefix = "q" + Guid.NewGuid().ToString("N")[..8];
    private FunctionsTestHost host = null!;
    private string storage = null!;

    public async ValueTask InitializeAsync()
    {
        storage = (await AzuriteServer.SharedAsync()).ConnectionString;
        host = await FunctionsTestHost.StartAsync(
            builder => builder.Services.AddSingleton(recorder),
            [typeof(QueueSample)],
            options =>
            {
                options.Storage = storage;
                options.Settings["Queue"] = prefix;
            });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_message_is_read_as_the_parameters_type_and_deleted()
    {
        await host.SendToStorageQueueAsync($"{prefix}-work", """{"id":"a","amount":2}""");
        Assert.Equal(["work a 1"], await recorder.WhenCountAsync(1));
        await host.WhenIdleAsync();
        Assert.Equal(0, (await Queue("work").GetPropertiesAsync()).ApproximateMessageCount);
    }

    [Fact]
    public async Task A_message_that_fails_five_times_goes_to_the_poison_queue()
    {
        await host.SendToStorageQueueAsync($"{prefix}-broken", "bad");
        await recorder.WhenCountAsync(5);
        await host.WhenIdleAsync();

        Assert.Equal(5, recorder.Notes.Count);
        Assert.Equal("bad", Assert.Single(await Queue("broken-poison").ReceiveMessagesAsync()).Body.ToString());
    }

    [Fact]
    public async Task A_return_value_is_put_on_the_output_queue()
    {
        await host.SendToStorageQueueAsync($"{prefix}-relay", "r");
        Assert.Equal(["work r 1"], await recorder.WhenCountAsync(1));
    }

    private QueueClient Queue(string name) =>
        new QueueServiceClient(storage, new QueueClientOptions { MessageEncoding = QueueMessageEncoding.Base64 }).GetQueueClient($"{prefix}-{name}");
}
