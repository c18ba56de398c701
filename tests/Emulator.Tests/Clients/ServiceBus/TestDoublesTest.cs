using Azure;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;

namespace Serverless.Emulator.Tests.Clients.ServiceBus;

/// <summary>Clients have a protected constructor and virtual members, so that a test can stand in for them.</summary>
public sealed class TestDoublesTest
{
    [Fact]
    public async Task A_sender_a_client_and_a_blob_can_be_derived()
    {
        var sender = new RecordingSender();
        await using ServiceBusClient client = new OneSenderClient(sender);
        BlobClient blob = new AbsentBlob();

        await client.CreateSender("q").SendMessageAsync(new ServiceBusMessage("a"));

        Assert.Equal(["a"], sender.Sent);
        Assert.False((await blob.ExistsAsync()).Value);
    }

    private sealed class RecordingSender : ServiceBusSender
    {
        public List<string> Sent { get; } = [];

        public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
        {
            Sent.Add(message.Body.ToString());
            return Task.CompletedTask;
        }
    }

    private sealed class OneSenderClient(ServiceBusSender sender) : ServiceBusClient
    {
        public override ServiceBusSender CreateSender(string queueOrTopicName) => sender;
    }

    private sealed class AbsentBlob : BlobClient
    {
        public override Task<Response<bool>> ExistsAsync(CancellationToken cancellationToken = default) =>
            Task.FromResult(Response.FromValue(false, null!));
    }
}
