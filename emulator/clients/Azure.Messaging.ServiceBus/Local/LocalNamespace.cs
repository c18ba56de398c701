using System.Collections.Concurrent;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator.ServiceBus;

/// <summary>One broker namespace: its entities and its settings, kept in one storage account.</summary>
/// <remarks>
/// The storage queues' metadata is the topology: every entity's queue carries its namespace, path and kind. A name that is not a
/// topic is a queue, and comes into being on first use.
/// </remarks>
internal sealed class LocalNamespace
{
    private const string NamespaceKey = "sbnamespace", PathKey = "sbpath", KindKey = "sbkind";
    private static readonly TimeSpan TopologyAge = TimeSpan.FromSeconds(5);

    private readonly QueueServiceClient _storage;
    private readonly ConcurrentDictionary<string, LocalQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<string, LocalQueue>> _topics = new(StringComparer.OrdinalIgnoreCase);
    private readonly SemaphoreSlim _loading = new(1);
    private long? _loaded;

    public LocalNamespace(string hostName, string storageConnectionString, TimeProvider? clock = null)
    {
        HostName = hostName;
        Clock = clock ?? TimeProvider.System;
        var options = new QueueClientOptions();
        options.Retry.Delay = TimeSpan.FromMilliseconds(100);
        _storage = new QueueServiceClient(storageConnectionString, options);
        var blobs = new BrokerBlobs(storageConnectionString, EntityName.Prefix(hostName).TrimEnd('-'));
        Bodies = new MessageBodies(blobs);
        Scheduled = new ScheduledMessages(this, blobs);
    }

    public string HostName { get; }

    /// <summary>The app's clock: enqueued times, scheduled times and expiry. Locks run on the real one.</summary>
    public TimeProvider Clock { get; set; }

    /// <summary>Whole seconds, at least one. A minute is the real broker's default.</summary>
    public TimeSpan LockDuration { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Deliveries before a message goes to the dead-letter queue.</summary>
    public int MaxDeliveryCount { get; set; } = 10;
    internal MessageBodies Bodies { get; }
    internal ScheduledMessages Scheduled { get; }

    public Task DeclareQueueAsync(string queueName, CancellationToken cancellationToken = default) => Queue(queueName).CreateAsync("queue", cancellationToken);

    public async Task DeclareTopicAsync(string topicName, CancellationToken cancellationToken = default)
    {
        Subscriptions(topicName);
        await Queue($"{topicName}/$topic").CreateAsync("topic", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>From here on, what is sent to the topic reaches the subscription. Declaring again changes nothing.</summary>
    public async Task DeclareSubscriptionAsync(string topicName, string subscriptionName, CancellationToken cancellationToken = default)
    {
        var queue = Subscriptions(topicName).GetOrAdd(subscriptionName, name => Queue(EntityName.Subscription(topicName, name)));
        await queue.CreateAsync("subscription", cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The queue behind a path: a queue, a subscription, or the dead-letter queue of either.</summary>
    public LocalQueue Queue(string path) =>
        _queues.GetOrAdd(path, p => new LocalQueue(this, p, _storage.GetQueueClient(EntityName.StorageQueue(HostName, p))));

    /// <summary>Where a message sent to this name goes: the queue itself, or every subscription of the topic (none: it is dropped).</summary>
    public async Task<IReadOnlyList<LocalQueue>> TargetsAsync(string queueOrTopic, CancellationToken cancellationToken)
    {
        await LoadTopologyAsync(cancellationToken).ConfigureAwait(false);
        return _topics.TryGetValue(queueOrTopic, out var subscriptions) ? [.. subscriptions.Values] : [Queue(queueOrTopic)];
    }

    /// <summary>After the app's clock moved: scheduled messages that became due appear, and their receivers look at once.</summary>
    public Task ClockMovedAsync(CancellationToken cancellationToken = default) =>
        BrokerErrors.TranslateAsync(HostName, () => Scheduled.RetimeAsync(cancellationToken));

    /// <summary><see cref="ClockMovedAsync"/> for an event of the clock: nobody waits for it, and without storage the receivers tell.</summary>
    public void WakeReceivers() => ClockMovedAsync().ContinueWith(
        moved => moved.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);

    internal IReadOnlyDictionary<string, string> Metadata(string path, string kind) => new Dictionary<string, string>
    {
        [NamespaceKey] = Uri.EscapeDataString(HostName),
        [PathKey] = Uri.EscapeDataString(path),
        [KindKey] = kind,
    };

    private ConcurrentDictionary<string, LocalQueue> Subscriptions(string topic) =>
        _topics.GetOrAdd(topic, _ => new ConcurrentDictionary<string, LocalQueue>(StringComparer.OrdinalIgnoreCase));

    // Another process may have declared subscriptions: ours are known at once, theirs after five seconds at most.
    private async Task LoadTopologyAsync(CancellationToken cancellationToken)
    {
        if (_loaded is { } at && TimeProvider.System.GetElapsedTime(at) < TopologyAge)
            return;
        await _loading.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_loaded is { } since && TimeProvider.System.GetElapsedTime(since) < TopologyAge)
                return;
            await BrokerErrors.TranslateAsync(HostName, () => ReadTopologyAsync(cancellationToken)).ConfigureAwait(false);
            _loaded = TimeProvider.System.GetTimestamp();
        }
        finally
        {
            _loading.Release();
        }
    }

    private async Task ReadTopologyAsync(CancellationToken cancellationToken)
    {
        await foreach (var queue in _storage.GetQueuesAsync(EntityName.Prefix(HostName), cancellationToken).ConfigureAwait(false))
        {
            if (queue.Metadata.GetValueOrDefault(NamespaceKey) != Uri.EscapeDataString(HostName))
                continue;
            var path = Uri.UnescapeDataString(queue.Metadata.GetValueOrDefault(PathKey, ""));
            var parts = path.Split('/');
            if (queue.Metadata.GetValueOrDefault(KindKey) == "topic")
                Subscriptions(path[..^"/$topic".Length]);
            else if (queue.Metadata.GetValueOrDefault(KindKey) == "subscription")
                Subscriptions(string.Join('/', parts[..^2])).GetOrAdd(parts[^1], _ => Queue(path));
        }
    }
}
