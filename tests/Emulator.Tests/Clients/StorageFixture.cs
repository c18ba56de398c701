using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Serverless.Emulator.Queues;
using Serverless.Emulator.ServiceBus;

[assembly: AssemblyFixture(typeof(Serverless.Emulator.Tests.Clients.StorageFixture))]

namespace Serverless.Emulator.Tests.Clients;

/// <summary>The process's Azurite; every test makes containers, queues and namespaces of its own.</summary>
public sealed class StorageFixture : IAsyncLifetime
{
    public string ConnectionString { get; private set; } = "";

    public async ValueTask InitializeAsync() => ConnectionString = (await AzuriteServer.SharedAsync()).ConnectionString;

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    public BlobServiceClient Blobs(BlobClientOptions? options = null) => new(ConnectionString, options ?? new BlobClientOptions());

    /// <summary>A container that no other test knows, created.</summary>
    public async Task<BlobContainerClient> NewContainerAsync()
    {
        var container = Blobs().GetBlobContainerClient(NewName("c"));
        await container.CreateAsync();
        return container;
    }

    public static string NewName(string prefix) => $"{prefix}{Guid.NewGuid():N}";

    /// <summary>A queue that no other test knows, created.</summary>
    internal async Task<QueueClient> NewQueueAsync(QueueMessageEncoding encoding = QueueMessageEncoding.None)
    {
        var queue = new QueueServiceClient(ConnectionString, new QueueClientOptions { MessageEncoding = encoding }).GetQueueClient(NewName("q"));
        await queue.CreateIfNotExistsAsync();
        return queue;
    }

    /// <summary>A broker namespace that no other test knows.</summary>
    internal Broker NewBroker(TimeProvider? clock = null)
    {
        var host = $"{NewName("n")[..13]}.localhost";
        var @namespace = LocalNamespaces.Map(host, ConnectionString, clock);
        return new Broker(@namespace, new ServiceBusClient(
            $"Endpoint=sb://{host};SharedAccessKeyName=local;SharedAccessKey=bG9jYWw=;UseDevelopmentEmulator=true"));
    }
}

/// <summary>A namespace and a client of it.</summary>
internal sealed record Broker(LocalNamespace Namespace, ServiceBusClient Client) : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    public async Task SendAsync(string queueOrTopic, params string[] bodies)
    {
        await using var sender = Client.CreateSender(queueOrTopic);
        await sender.SendMessagesAsync(bodies.Select(body => new ServiceBusMessage(body)));
    }

    /// <summary>The next message, which must come.</summary>
    public static async Task<ServiceBusReceivedMessage> NextAsync(ServiceBusReceiver receiver)
    {
        var message = await receiver.ReceiveMessageAsync(Soon);
        Assert.NotNull(message);
        return message;
    }

    /// <summary>Whether nothing is there now.</summary>
    public static async Task<bool> IsEmptyAsync(ServiceBusReceiver receiver) => await receiver.ReceiveMessageAsync(TimeSpan.FromMilliseconds(1)) is null;

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        LocalNamespaces.Remove(Namespace.HostName);
    }
}
