using Serverless.Emulator.ServiceBus;

namespace Azure.Messaging.ServiceBus;

public class ServiceBusProcessorOptions
{
    private int _maxConcurrentCalls = 1;

    public int PrefetchCount { get; set; }
    public ServiceBusReceiveMode ReceiveMode { get; set; } = ServiceBusReceiveMode.PeekLock;
    public bool AutoCompleteMessages { get; set; } = true;
    public TimeSpan MaxAutoLockRenewalDuration { get; set; } = TimeSpan.FromMinutes(5);
    public SubQueue SubQueue { get; set; } = SubQueue.None;
    public string? Identifier { get; set; }

    public int MaxConcurrentCalls
    {
        get => _maxConcurrentCalls;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            _maxConcurrentCalls = value;
        }
    }
}

/// <summary>Hands messages to a handler: one that returns completes the message (if AutoCompleteMessages), one that throws abandons it.</summary>
public class ServiceBusProcessor : IAsyncDisposable
{
    private readonly ServiceBusClient _client = null!;
    private readonly ServiceBusProcessorOptions _options = new();
    private readonly (string Topic, string Name)? _subscription;
    private readonly SemaphoreSlim _turn = new(1);
    private Func<ProcessMessageEventArgs, Task>? _onMessage;
    private Func<ProcessErrorEventArgs, Task>? _onError;
    private MessagePump? _pump;
    private ServiceBusReceiver? _receiver;
    private int _closed;

    protected ServiceBusProcessor()
    {
    }

    protected ServiceBusProcessor(ServiceBusClient client, string queueName, ServiceBusProcessorOptions options)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _options = options ?? new ServiceBusProcessorOptions();
        EntityPath = ServiceBusReceiver.SubQueuePath(queueName, _options.SubQueue);
        Identifier = _options.Identifier ?? $"{EntityPath}-{Guid.NewGuid():D}";
    }

    protected ServiceBusProcessor(ServiceBusClient client, string topicName, string subscriptionName, ServiceBusProcessorOptions options)
        : this(client, EntityName.Subscription(topicName, subscriptionName), options) =>
        _subscription = (topicName, subscriptionName);

    /// <exception cref="NotSupportedException">There is a handler already, and it takes only one.</exception>
    public event Func<ProcessMessageEventArgs, Task> ProcessMessageAsync
    {
        add => Add(ref _onMessage, value);
        remove => Remove(ref _onMessage, value);
    }

    public event Func<ProcessErrorEventArgs, Task> ProcessErrorAsync
    {
        add => Add(ref _onError, value);
        remove => Remove(ref _onError, value);
    }

    public virtual string FullyQualifiedNamespace => _client.FullyQualifiedNamespace;
    public virtual string EntityPath { get; } = "";
    public virtual string Identifier { get; } = "";
    public virtual ServiceBusReceiveMode ReceiveMode => _options.ReceiveMode;
    public virtual bool AutoCompleteMessages => _options.AutoCompleteMessages;
    public virtual int MaxConcurrentCalls => _options.MaxConcurrentCalls;
    public virtual int PrefetchCount => _options.PrefetchCount;
    public virtual TimeSpan MaxAutoLockRenewalDuration => _options.MaxAutoLockRenewalDuration;
    public virtual bool IsProcessing => _pump is not null;
    public virtual bool IsClosed => _closed != 0 || _client is { IsClosed: true };

    /// <exception cref="InvalidOperationException">A handler is missing, or it is running already.</exception>
    public virtual async Task StartProcessingAsync(CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(IsClosed, this);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_pump is not null)
                throw new InvalidOperationException("The message processor is already running. It must be stopped before it can be started again.");
            if (_onMessage is null || _onError is null)
                throw new InvalidOperationException("Cannot begin processing without ProcessMessageAsync and ProcessErrorAsync handlers set.");
            if (_subscription is { } subscription)
                await _client.Namespace.DeclareSubscriptionAsync(subscription.Topic, subscription.Name, cancellationToken).ConfigureAwait(false);
            _receiver = _subscription is { } from
                ? _client.CreateReceiver(from.Topic, from.Name, ReceiverOptions())
                : _client.CreateReceiver(EntityPath, ReceiverOptions(SubQueue.None));
            _pump = new MessagePump(_client.Namespace.Queue(EntityPath), PumpOptions(), HandleAsync, ReportAsync);
            _pump.Start();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes no more messages, signals the handlers' token, and waits for the handlers to end.</summary>
    public virtual async Task StopProcessingAsync(CancellationToken cancellationToken = default)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            if (_pump is null)
                return;
            await _pump.StopAsync(cancellationToken).ConfigureAwait(false);
            await _pump.DisposeAsync().ConfigureAwait(false);
            _pump = null;
        }
        finally
        {
            _turn.Release();
        }
    }

    public virtual async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        Interlocked.Exchange(ref _closed, 1);
        await StopProcessingAsync(cancellationToken).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        await CloseAsync().ConfigureAwait(false);
        GC.SuppressFinalize(this);
    }

    protected internal virtual Task OnProcessMessageAsync(ProcessMessageEventArgs args) => _onMessage!(args);

    protected internal virtual Task OnProcessErrorAsync(ProcessErrorEventArgs args) => _onError!(args);

    private Task HandleAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, CancellationToken stopping) =>
        OnProcessMessageAsync(new ProcessMessageEventArgs(messages[0], _receiver!, Identifier, stopping));

    private Task ReportAsync(Exception failure, ServiceBusErrorSource source) =>
        OnProcessErrorAsync(new ProcessErrorEventArgs(failure, source, FullyQualifiedNamespace, EntityPath, Identifier, CancellationToken.None));

    private ServiceBusReceiverOptions ReceiverOptions(SubQueue? subQueue = null) =>
        new() { ReceiveMode = ReceiveMode, SubQueue = subQueue ?? _options.SubQueue, Identifier = Identifier };

    private MessagePumpOptions PumpOptions() => new()
    {
        MaxConcurrentCalls = MaxConcurrentCalls,
        AutoComplete = AutoCompleteMessages,
        ReceiveMode = ReceiveMode,
        MaxAutoLockRenewalDuration = MaxAutoLockRenewalDuration,
    };

    private void Add<T>(ref Func<T, Task>? handler, Func<T, Task> value)
    {
        ArgumentNullException.ThrowIfNull(value);
        if (handler is not null)
            throw new NotSupportedException("Another handler has already been assigned to this event and there can be only one.");
        ThrowIfProcessing();
        handler = value;
    }

    private void Remove<T>(ref Func<T, Task>? handler, Func<T, Task> value)
    {
        if (handler != value)
            throw new ArgumentException("This handler has not been previously assigned to this event.");
        ThrowIfProcessing();
        handler = null;
    }

    private void ThrowIfProcessing()
    {
        if (IsProcessing)
            throw new InvalidOperationException("The handlers cannot be changed while the processor is running.");
    }
}
