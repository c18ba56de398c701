using Azure.Core;
using Serverless.Emulator.ServiceBus;

namespace Azure.Messaging.ServiceBus;

/// <summary>The way to one broker namespace. This one reaches the namespaces that <c>emulator/</c> keeps in Azurite.</summary>
public class ServiceBusClient : IAsyncDisposable
{
    private readonly ServiceBusClientOptions _options = new();
    private int _closed;

    protected ServiceBusClient()
    {
    }

    public ServiceBusClient(string connectionString) : this(connectionString, new ServiceBusClientOptions())
    {
    }

    /// <exception cref="ArgumentException">The connection string has no endpoint.</exception>
    /// <exception cref="NotSupportedException">It names a broker that is not on this machine.</exception>
    public ServiceBusClient(string connectionString, ServiceBusClientOptions options)
    {
        var properties = ServiceBusConnectionStringProperties.Parse(connectionString);
        if (properties.Endpoint is null)
            throw new ArgumentException("The connection string has no Endpoint.", nameof(connectionString));
        FullyQualifiedNamespace = properties.FullyQualifiedNamespace;
        _options = options ?? new ServiceBusClientOptions();
        Identifier = _options.Identifier ?? $"{FullyQualifiedNamespace}-{Guid.NewGuid():D}";
        RequireLocal(properties.UseDevelopmentEmulator);
    }

    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential) : this(fullyQualifiedNamespace, credential, new ServiceBusClientOptions())
    {
    }

    /// <remarks>The credential is not used: a namespace under <c>.localhost</c> has no directory.</remarks>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions options)
    {
        ArgumentException.ThrowIfNullOrEmpty(fullyQualifiedNamespace);
        ArgumentNullException.ThrowIfNull(credential);
        FullyQualifiedNamespace = fullyQualifiedNamespace;
        _options = options ?? new ServiceBusClientOptions();
        Identifier = _options.Identifier ?? $"{FullyQualifiedNamespace}-{Guid.NewGuid():D}";
        RequireLocal(false);
    }

    public virtual string FullyQualifiedNamespace { get; } = "";
    public virtual string Identifier { get; } = "";
    public virtual bool IsClosed => _closed != 0;
    public ServiceBusTransportType TransportType => _options.TransportType;

    // Looked up late: the host maps its namespaces while it starts, and clients may be made before.
    internal LocalNamespace Namespace => LocalNamespaces.Get(FullyQualifiedNamespace);
    internal TimeSpan DefaultWait => _options.RetryOptions.TryTimeout;

    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => CreateSender(queueOrTopicName, new ServiceBusSenderOptions());

    public virtual ServiceBusSender CreateSender(string queueOrTopicName, ServiceBusSenderOptions options)
    {
        ThrowIfClosed();
        return new LocalSender(this, queueOrTopicName, options ?? new ServiceBusSenderOptions());
    }

    public virtual ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions options)
    {
        ThrowIfClosed();
        ArgumentException.ThrowIfNullOrWhiteSpace(queueName);
        return new LocalReceiver(this, queueName, options ?? new ServiceBusReceiverOptions());
    }

    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName) =>
        CreateReceiver(topicName, subscriptionName, new ServiceBusReceiverOptions());

    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName, ServiceBusReceiverOptions options)
    {
        ThrowIfClosed();
        ArgumentException.ThrowIfNullOrWhiteSpace(topicName);
        ArgumentException.ThrowIfNullOrWhiteSpace(subscriptionName);
        return new LocalReceiver(this, topicName, subscriptionName, options ?? new ServiceBusReceiverOptions());
    }

    public virtual ServiceBusProcessor CreateProcessor(string queueName) => CreateProcessor(queueName, new ServiceBusProcessorOptions());

    public virtual ServiceBusProcessor CreateProcessor(string queueName, ServiceBusProcessorOptions options)
    {
        ThrowIfClosed();
        ArgumentException.ThrowIfNullOrWhiteSpace(queueName);
        return new LocalProcessor(this, queueName, options ?? new ServiceBusProcessorOptions());
    }

    public virtual ServiceBusProcessor CreateProcessor(string topicName, string subscriptionName) =>
        CreateProcessor(topicName, subscriptionName, new ServiceBusProcessorOptions());

    public virtual ServiceBusProcessor CreateProcessor(string topicName, string subscriptionName, ServiceBusProcessorOptions options)
    {
        ThrowIfClosed();
        ArgumentException.ThrowIfNullOrWhiteSpace(topicName);
        ArgumentException.ThrowIfNullOrWhiteSpace(subscriptionName);
        return new LocalProcessor(this, topicName, subscriptionName, options ?? new ServiceBusProcessorOptions());
    }

    public virtual ValueTask DisposeAsync()
    {
        Interlocked.Exchange(ref _closed, 1);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    internal void ThrowIfClosed() => ObjectDisposedException.ThrowIf(IsClosed, this);

    private void RequireLocal(bool declaredLocal)
    {
        if (!declaredLocal && !LocalNamespaces.IsMapped(FullyQualifiedNamespace)
            && !FullyQualifiedNamespace.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase))
        {
            throw new NotSupportedException(
                $"This build reaches only brokers on this machine, not {FullyQualifiedNamespace}: use a connection string with "
                + "UseDevelopmentEmulator=true, or build with -p:FunctionsHost=Azure.");
        }
    }

    // The official constructors of the three are protected; these make them.
    private sealed class LocalSender(ServiceBusClient client, string path, ServiceBusSenderOptions options) : ServiceBusSender(client, path, options);

    private sealed class LocalReceiver : ServiceBusReceiver
    {
        public LocalReceiver(ServiceBusClient client, string queue, ServiceBusReceiverOptions options) : base(client, queue, options)
        {
        }

        public LocalReceiver(ServiceBusClient client, string topic, string subscription, ServiceBusReceiverOptions options)
            : base(client, topic, subscription, options)
        {
        }
    }

    private sealed class LocalProcessor : ServiceBusProcessor
    {
        public LocalProcessor(ServiceBusClient client, string queue, ServiceBusProcessorOptions options) : base(client, queue, options)
        {
        }

        public LocalProcessor(ServiceBusClient client, string topic, string subscription, ServiceBusProcessorOptions options)
            : base(client, topic, subscription, options)
        {
        }
    }
}
