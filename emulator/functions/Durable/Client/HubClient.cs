using System.Diagnostics;
using Grpc.Core;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.Engine;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Client;

/// <summary>The client that <c>[DurableClient]</c> parameters get.</summary>
internal sealed class HubClient(DurableEngine engine, HubStore store, DataConverter converter) : DurableTaskClient(engine.Options.HubName)
{
    /// <summary>How often storage is asked about an instance that somebody waits for and another process runs.</summary>
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>The same while this process runs it, and would tell at once: only a change of owner makes it needed.</summary>
    private static readonly TimeSpan OwnPollInterval = TimeSpan.FromSeconds(10);

    /// <summary>Null outside of a host.</summary>
    public IServer? Server { get; init; }

    /// <summary>Where the app listens; null while it does not.</summary>
    public string? BaseUrl => Server?.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault();

    public override async Task<string> ScheduleNewOrchestrationInstanceAsync(
        TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        var instanceId = options?.InstanceId ?? Guid.NewGuid().ToString("N");
        InstanceIds.Check(instanceId);
        await StartAsync(orchestratorName.Name, instanceId, converter.Serialize(input), options, cancellation);
        return instanceId;
    }

    /// <param name="input">Serialized.</param>
    public async Task StartAsync(string name, string instanceId, string? input, StartOrchestrationOptions? options, CancellationToken cancellation)
    {
        var now = engine.Clock.GetUtcNow();
        using var span = DurableTraces.Creation(name, instanceId);
        await engine.CreateAsync(
            new()
            {
                InstanceId = instanceId,
                Name = name,
                Input = Payload.Of(input),
                CreatedAt = now,
                UpdatedAt = now,
                StartAt = options?.StartAt,
                Version = options?.Version?.Version,
                Tags = options?.Tags is { Count: > 0 } tags ? tags : null,
                TraceParent = Activity.Current is { IdFormat: ActivityIdFormat.W3C } current ? current.Id : null,
                Creation = Guid.NewGuid().ToString("N"),
            },
            cancellation);
    }

    public override Task RaiseEventAsync(
        string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default) =>
        RaiseAsync(instanceId, eventName, converter.Serialize(eventPayload), cancellation);

    /// <param name="payload">Serialized.</param>
    public async Task RaiseAsync(string instanceId, string eventName, string? payload, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        var row = await engine.FindAsync(instanceId, cancellation);
        if (engine.Options.ThrowsOnRaiseEvent)
            RefuseUnlessRunning(instanceId, row);
        else if (row is not { IsFinished: false })
            return;

        var id = Guid.NewGuid().ToString("N");
        await engine.SendAsync(row!, new EventRaised(eventName, Payload.Of(payload), id), id, engine.NextTicks(), cancellation);
    }

    public override Task<OrchestrationMetadata> WaitForInstanceStartAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.Status != OrchestrationRuntimeStatus.Pending, getInputsAndOutputs, cancellation);

    public override Task<OrchestrationMetadata> WaitForInstanceCompletionAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default) =>
        WaitAsync(instanceId, row => row.IsFinished, getInputsAndOutputs, cancellation);

    public override async Task TerminateInstanceAsync(
        string instanceId, TerminateInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var output = Payload.Of(converter.Serialize(options?.Output));
        await OrderAsync(instanceId, new ExecutionTerminated(output, options?.Recursive ?? false), cancellation);
    }

    public override Task SuspendInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SwitchAsync(instanceId, new ExecutionSuspended(reason), row => row.Status != OrchestrationRuntimeStatus.Suspended, cancellation);

    public override Task ResumeInstanceAsync(string instanceId, string? reason = null, CancellationToken cancellation = default) =>
        SwitchAsync(instanceId, new ExecutionResumed(reason), _ => true, cancellation);

    public override async Task<OrchestrationMetadata?> GetInstancesAsync(
        string instanceId, bool getInputsAndOutputs = false, CancellationToken cancellation = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        return await store.FindAsync(instanceId, getInputsAndOutputs, cancellation) is { } row ? Metadata(row, getInputsAndOutputs) : null;
    }

    public override AsyncPageable<OrchestrationMetadata> GetAllInstancesAsync(OrchestrationQuery? filter = null)
    {
        var query = filter ?? new();
        return Pageable.Create<OrchestrationMetadata>(async (token, size, cancellation) =>
        {
            var page = await store.QueryAsync(
                InstanceFilter.Of(query), size ?? query.PageSize, token ?? query.ContinuationToken, query.FetchInputsAndOutputs, cancellation);
            return new([.. page.Rows.Select(row => Metadata(row, query.FetchInputsAndOutputs))], page.Next);
        });
    }

    public override async Task<PurgeResult> PurgeInstanceAsync(
        string instanceId, PurgeInstanceOptions? options = null, CancellationToken cancellation = default) =>
        new(await PurgeAsync(instanceId, options?.Recursive ?? false, cancellation), true);

    public override async Task<PurgeResult> PurgeAllInstancesAsync(
        PurgeInstancesFilter filter, PurgeInstanceOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var count = 0;
        string? token = null;
        do
        {
            var page = await store.QueryAsync(
                InstanceFilter.Of(new(filter.CreatedFrom, filter.CreatedTo, filter.Statuses)), OrchestrationQuery.DefaultPageSize, token, false, cancellation);
            foreach (var row in page.Rows.Where(row => row.IsFinished))
                count += await PurgeAsync(row.InstanceId, options?.Recursive ?? false, cancellation);
            token = page.Next;
        }
        while (token is not null);

        return new(count, true);
    }

    public override ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>The history as JSON objects, newest last. Null for an unknown instance.</summary>
    public async Task<IReadOnlyList<HistoryEvent>?> HistoryAsync(string instanceId, CancellationToken cancellation) =>
        (await store.LoadAsync(instanceId, cancellation))?.History;

    private static void RefuseUnlessRunning(string instanceId, InstanceRow? row)
    {
        if (row is null)
            throw new RpcException(new(StatusCode.NotFound, $"No instance with ID '{instanceId}' was found."));
        if (row.IsFinished)
            throw new RpcException(new(StatusCode.FailedPrecondition, $"The instance with ID '{instanceId}' is {row.Status}."));
    }

    private async Task OrderAsync(string instanceId, HistoryEvent order, CancellationToken cancellation)
    {
        var row = await engine.FindAsync(instanceId, cancellation);
        RefuseUnlessRunning(instanceId, row);
        await engine.SendAsync(row!, order, Guid.NewGuid().ToString("N"), engine.NextTicks(), cancellation);
    }

    private async Task SwitchAsync(
        string instanceId, HistoryEvent order, Func<InstanceRow, bool> isAllowed, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var row = await engine.FindAsync(instanceId, cancellation);
        if (row is not { IsFinished: false } || !isAllowed(row))
        {
            throw new RpcException(new(
                StatusCode.Unknown,
                row is null ? $"No instance with ID '{instanceId}' was found." : $"The instance with ID '{instanceId}' is {row.Status}."));
        }

        await engine.SendAsync(row, order, Guid.NewGuid().ToString("N"), engine.NextTicks(), cancellation);
    }

    private async Task<OrchestrationMetadata> WaitAsync(
        string instanceId, Func<InstanceRow, bool> isReached, bool withPayloads, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        var row = await engine.Waiters.WaitAsync(
            instanceId,
            isReached,
            () => store.FindAsync(instanceId, withPayloads, cancellation),
            () => engine.IsStopped ? PollInterval : OwnPollInterval,
            cancellation);
        return Metadata(row, withPayloads);
    }

    private async Task<int> PurgeAsync(string instanceId, bool recursive, CancellationToken cancellation)
    {
        var count = 0;
        if (recursive && await store.LoadAsync(instanceId, cancellation) is { } stored)
        {
            foreach (var child in stored.History.OfType<ChildCreated>())
                count += await PurgeAsync(child.InstanceId, true, cancellation);
        }

        return count + (await engine.PurgeAsync(instanceId, cancellation) ? 1 : 0);
    }

    private OrchestrationMetadata Metadata(InstanceRow row, bool withPayloads) => new(row.Name, row.InstanceId)
    {
        RuntimeStatus = row.Status,
        CreatedAt = row.CreatedAt,
        LastUpdatedAt = row.UpdatedAt,
        Tags = row.Tags ?? new Dictionary<string, string>(),
        DataConverter = withPayloads ? converter : null,
        SerializedInput = withPayloads ? row.Input?.Text : null,
        SerializedOutput = withPayloads ? row.Output?.Text : null,
        SerializedCustomStatus = withPayloads ? row.CustomStatus?.Text : null,
        FailureDetails = withPayloads ? row.Failure?.ToDetails() : null,
    };
}
