using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Serverless.Emulator.Tests.Functions;

public sealed record Order(string Id, int Amount);

public sealed class OrderPlaced
{
    [HttpResult]
    public IResult? Answer { get; init; }

    [ServiceBusOutput("orders", Connection = "ServiceBus")]
    public Order? Message { get; init; }
}

public sealed class ServiceBusSample(Recorder recorder)
{
    [Function("Text")]
    public void Text([ServiceBusTrigger("texts", Connection = "ServiceBus")] string body, int deliveryCount, string messageId) =>
        recorder.Note($"text {body} {deliveryCount} {messageId}");

    [Function("Bytes")]
    public void Bytes([ServiceBusTrigger("bytes", Connection = "ServiceBus")] byte[] body) => recorder.Note($"bytes {body.Length}");

    [Function("Orders")]
    public void Orders([ServiceBusTrigger("orders", Connection = "ServiceBus")] Order order) => recorder.Note($"order {order.Id} {order.Amount}");

    [Function("Native")]
    public void Native([ServiceBusTrigger("native", Connection = "ServiceBus")] ServiceBusReceivedMessage message) =>
        recorder.Note($"native {message.Body} {message.ApplicationProperties["kind"]}");

    [Function("Batch")]
    public void Batch([ServiceBusTrigger("batch", Connection = "ServiceBus", IsBatched = true)] Order[] orders) =>
        recorder.Note($"batch {string.Join(',', orders.Select(order => order.Id))}");

    [Function("Subscription")]
    public void Subscription([ServiceBusTrigger("events", "push", Connection = "ServiceBus")] string body) => recorder.Note($"push {body}");

    [Function("OtherSubscription")]
    public void OtherSubscription([ServiceBusTrigger("events", "audit", Connection = "ServiceBus")] string body) => recorder.Note($"audit {body}");

    [Function("Fails")]
    public void Fails([ServiceBusTrigger("fails", Connection = "ServiceBus")] string body, int deliveryCount)
    {
        recorder.Note($"fails {deliveryCount}");
        throw new InvalidDataException("always");
    }

    [Function("Settles")]
    public async Task Settles(
        [ServiceBusTrigger("settles", Connection = "ServiceBus", AutoCompleteMessages = false)] ServiceBusReceivedMessage message,
        ServiceBusMessageActions actions)
    {
        recorder.Note($"settles {message.DeliveryCount}");
        if (message.DeliveryCount == 1)
            await actions.AbandonMessageAsync(message);
        else
            await actions.DeadLetterMessageAsync(message, deadLetterReason: "not wanted");
    }

    [Function("Forward")]
    [ServiceBusOutput("texts", Connection = "ServiceBus")]
    public string Forward([ServiceBusTrigger("forward", Connection = "ServiceBus")] string body) => body + "!";

    [Function("Place")]
    public OrderPlaced Place([HttpTrigger(AuthorizationLevel.Anonymous, "post")] HttpRequest request) =>
        new() { Answer = Results.Accepted(), Message = new Order("out", 7) };
}

/// <summary>Rules of SEMANTICS 5 (Service Bus): real messages in Azurite.</summary>
public sealed class ServiceBusTests : IAsyncLifetime
{
    private readonly Recorder recorder = new();
    private FunctionsTestHost host = null!;

    public async ValueTask InitializeAsync()
    {
        var azurite = await AzuriteServer.SharedAsync();
        host = await FunctionsTestHost.StartAsync(
            builder => builder.ConfigureFunctionsWebApplication().Services.AddSingleton(recorder),
            [typeof(ServiceBusSample)],
            options =>
            {
                options.Storage = azurite.ConnectionString;
                options.Settings["Emulator:ServiceBus:MaxDeliveryCount"] = "3";
            });
    }

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Fact]
    public async Task A_string_parameter_gets_the_raw_text_and_others_the_messages_properties()
    {
        await host.SendMessageAsync("texts", new ServiceBusMessage("{\"a\":1}") { MessageId = "m-1" });
        Assert.Equal(["text {\"a\":1} 1 m-1"], await recorder.WhenCountAsync(1));
    }

    [Fact]
    public async Task A_byte_array_gets_the_bytes()
    {
        await host.SendMessageAsync("bytes", new ServiceBusMessage(new byte[] { 0, 1, 255 }));
        Assert.Equal(["bytes 3"], await recorder.WhenCountAsync(1));
    }

    [Fact]
    public async Task A_type_of_the_apps_own_is_read_in_any_case()
    {
        await host.SendMessageAsync("orders", """{"id":"o-1","AMOUNT":5}""");
        Assert.Equal(["order o-1 5"], await recorder.WhenCountAsync(1));
    }

    [Fact]
    public async Task The_received_message_carries_its_properties()
    {
        await host.SendMessageAsync("native", new ServiceBusMessage("hi") { ApplicationProperties = { ["kind"] = "greeting" } });
        Assert.Equal(["native hi greeting"], await recorder.WhenCountAsync(1));
    }

    [Fact]
    public async Task A_batched_trigger_gets_several_messages_at_once()
    {
        FunctionsTestHostOptions asleep = null!;
        var notes = new Recorder();
        var azurite = await AzuriteServer.SharedAsync();
        var first = await FunctionsTestHost.StartAsync(
            builder => builder.ConfigureFunctionsWebApplication().Services.AddSingleton(notes),
            [typeof(ServiceBusSample)],
            options =>
            {
                asleep = options;
                options.Storage = azurite.ConnectionString;
                options.Settings["AzureWebJobs.Batch.Disabled"] = "true";
            });
        for (var i = 1; i <= 5; i++)
            await first.SendMessageAsync("batch", JsonSerializer.Serialize(new Order($"{i}", i)));

        asleep.Settings["AzureWebJobs.Batch.Disabled"] = "false";
        await using var second = await first.RestartAsync();
        await second.WhenIdleAsync();

        Assert.Equal(["1", "2", "3", "4", "5"], Assert.Single(notes.Notes)["batch ".Length..].Split(',').Order());
    }

    [Fact]
    public async Task Every_subscription_of_a_topic_gets_its_own_copy()
    {
        await host.SendMessageAsync("events", "e");
        Assert.Equal(["audit e", "push e"], (await recorder.WhenCountAsync(2)).Order());
    }

    [Fact]
    public async Task An_exception_abandons_and_the_maximum_delivery_count_dead_letters()
    {
        await host.SendMessageAsync("fails", "x");
        await host.WhenIdleAsync();

        Assert.Equal(["fails 1", "fails 2", "fails 3"], recorder.Notes);
        Assert.Equal("MaxDeliveryCountExceeded", (await DeadLetterAsync("fails"))?.DeadLetterReason);
    }

    [Fact]
    public async Task Actions_settle_explicitly()
    {
        await host.SendMessageAsync("settles", "x");
        await host.WhenIdleAsync();

        Assert.Equal(["settles 1", "settles 2"], recorder.Notes);
        Assert.Equal("not wanted", (await DeadLetterAsync("settles"))?.DeadLetterReason);
    }

    [Fact]
    public async Task A_return_value_is_sent_by_the_methods_output_attribute()
    {
        await host.SendMessageAsync("forward", "hop");
        Assert.StartsWith("text hop! 1", Assert.Single(await recorder.WhenCountAsync(1)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_type_with_several_outputs_answers_and_sends()
    {
        var answer = await host.Client.PostAsync("api/Place", null);
        Assert.Equal(System.Net.HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(["order out 7"], await recorder.WhenCountAsync(1));
    }

    [Fact]
    public async Task A_message_under_way_when_the_host_is_killed_is_delivered_again_after_a_restart()
    {
        var gate = new Gate();
        var azurite = await AzuriteServer.SharedAsync();
        var first = await FunctionsTestHost.StartAsync(
            builder => builder.Services.AddSingleton(gate), [typeof(GatedSample)], options => options.Storage = azurite.ConnectionString);
        await first.SendMessageAsync("gated", "x");
        await gate.Entered.Task.WaitAsync(TimeSpan.FromSeconds(30));
        await first.KillAsync();
        Assert.Equal(0, gate.Finished);

        gate.Open.TrySetResult();
        await using var second = await first.RestartAsync();
        await second.WhenIdleAsync();
        Assert.Equal(2, gate.Entries);
    }

    private async Task<ServiceBusReceivedMessage?> DeadLetterAsync(string queue)
    {
        await using var client = host.NewServiceBusClient();
        await using var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        return await receiver.ReceiveMessageAsync(TimeSpan.FromSeconds(10));
    }
}

public sealed class Gate
{
    private int entries;
    private int finished;

    public TaskCompletionSource Entered { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Open { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public int Entries => entries;

    public int Finished => finished;

    public void Enter()
    {
        Interlocked.Increment(ref entries);
        Entered.TrySetResult();
    }

    public void Finish() => Interlocked.Increment(ref finished);
}

public sealed class GatedSample(Gate gate)
{
    [Function("Gated")]
    public async Task Gated([ServiceBusTrigger("gated", Connection = "ServiceBus")] string body)
    {
        gate.Enter();
        await gate.Open.Task;
        gate.Finish();
    }
}
