using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable;
using Serverless.Emulator.Durable.Client;
using Serverless.Emulator.Durable.Engine;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Tests.Durable;

/// <summary>An engine on a hub of its own in the shared Azurite.</summary>
internal sealed class Hub : IAsyncDisposable
{
    private readonly HubTables tables;

    private Hub(string name, string connection, ScriptedTasks tasks, MovableClock clock, DurableOptions options, HubCallPolicy? policy)
    {
        (Name, Tasks, Clock) = (name, tasks, clock);
        tables = new(connection, name, policy is null ? [] : [policy]);
        Engine = new(options with { HubName = name }, tables, tasks, ScriptedTasks.Converter, clock, Loggers);
        Client = new HubClient(Engine, tables.Store, ScriptedTasks.Converter);
    }

    /// <summary>What the engine warns of is part of a failed test's output.</summary>
    private static readonly ILoggerFactory Loggers = LoggerFactory.Create(logging => logging.AddProvider(new TestOutput()));

    public static TimeSpan Deadline { get; } = TimeSpan.FromSeconds(30);

    public string Name { get; }

    public ScriptedTasks Tasks { get; }

    public MovableClock Clock { get; }

    public DurableEngine Engine { get; }

    public DurableTaskClient Client { get; }

    public HubStore Store => tables.Store;

    /// <param name="name">Null: a new hub. A name given before: the same hub, as after a restart.</param>
    public static async Task<Hub> StartAsync(
        ScriptedTasks tasks, string? name = null, MovableClock? clock = null, DurableOptions? options = null, HubCallPolicy? policy = null)
    {
        var azurite = await AzuriteServer.SharedAsync();
        var hub = new Hub(
            name ?? "t" + Guid.NewGuid().ToString("N")[..16], azurite.ConnectionString, tasks, clock ?? new(), options ?? new(), policy);
        try
        {
            await hub.tables.PrepareAsync(CancellationToken.None);
            await hub.Engine.StartAsync(CancellationToken.None);
        }
        catch (Exception) when (policy is not null)
        {
            // A crash test may break the start itself; the hub then is one that died early.
        }

        return hub;
    }

    /// <summary>Starts an orchestration and waits for its end.</summary>
    public async Task<OrchestrationMetadata> RunAsync(string orchestrator, object? input = null, string? instanceId = null)
    {
        var id = await Client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId));
        return await EndOfAsync(id);
    }

    public async Task<OrchestrationMetadata> EndOfAsync(string instanceId)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        try
        {
            return await Client.WaitForInstanceCompletionAsync(instanceId, getInputsAndOutputs: true, deadline.Token);
        }
        catch (OperationCanceledException)
        {
            throw new TimeoutException($"'{instanceId}' has not ended. The hub holds:{Environment.NewLine}{await DescribeAsync()}");
        }
    }

    private async Task<string> DescribeAsync()
    {
        List<string> lines = [];
        await foreach (var instance in Client.GetAllInstancesAsync())
            lines.Add($"{instance} {HistoryJson.Write(await HistoryAsync(instance.InstanceId))}");
        return string.Join(Environment.NewLine, lines);
    }

    public async Task<OrchestrationMetadata> UntilAsync(string instanceId, Func<OrchestrationMetadata, bool> condition)
    {
        using var deadline = new CancellationTokenSource(Deadline);
        while (true)
        {
            if (await Client.GetInstanceAsync(instanceId, true, deadline.Token) is { } instance && condition(instance))
                return instance;
            await Task.Delay(5, deadline.Token);
        }
    }

    public async Task<IReadOnlyList<HistoryEvent>> HistoryAsync(string instanceId) =>
        (await tables.Store.LoadAsync(instanceId, CancellationToken.None))!.History;

    /// <summary>Dies without a word.</summary>
    public void Kill() => Engine.Kill();

    public ValueTask DisposeAsync()
    {
        Engine.Kill();
        return ValueTask.CompletedTask;
    }
}

/// <summary>Counts storage calls.</summary>
internal sealed class CallCounter : HubCallPolicy
{
    private int count;
    private int removals;

    /// <summary>Without the removals of single rows, which nobody waits for.</summary>
    public int Count => Volatile.Read(ref count);

    public int Removals => Volatile.Read(ref removals);

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        ProcessNext(message, pipeline);
    }

    public override ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        Note(message);
        return ProcessNextAsync(message, pipeline);
    }

    private void Note(HttpMessage message) => Interlocked.Increment(ref message.Request.Method == RequestMethod.Delete ? ref removals : ref count);
}

internal sealed class TestOutput : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull =>
        null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Console.Error.WriteLine($"{logLevel}: {formatter(state, exception)} {exception}");

    public void Dispose()
    {
    }
}
