using System.Collections.Concurrent;
using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>Runs the orchestrations of one hub.</summary>
/// <remarks>
/// One process owns a hub, the one that started last; it keeps the instances it works on in memory and tells itself what
/// is to be done. Everything it must not forget is in storage before anybody hears of it.
/// </remarks>
#pragma warning disable CA1001 // Lives as long as its host, and what runs on after the end must still find its semaphores.
internal sealed class DurableEngine
#pragma warning restore CA1001
{
    private readonly ConcurrentDictionary<string, InstanceSession> sessions = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim activitySlots;
    private readonly HubStore store;
    private readonly HubWatch watch;
    private readonly Lock tickSync = new();
    private long lastTicks;
    private volatile bool isDraining;

    public DurableEngine(
        DurableOptions options, HubTables tables, ITaskRunner tasks, DataConverter converter, TimeProvider clock, ILoggerFactory loggers)
    {
        (Options, Tasks, Clock) = (options, tasks, clock);
        Logger = loggers.CreateLogger("Host.Durable");
        store = tables.Store;
        Active = new(tables.Index);
        Timers = new(tables.Index, clock, Fire, Logger);
        Steps = new(this, store, converter, loggers);
        OrchestratorSlots = new(options.MaxConcurrentOrchestrators);
        activitySlots = new(options.MaxConcurrentActivities);
        watch = new(tables.Index, this);
    }

    public DurableOptions Options { get; }

    public ITaskRunner Tasks { get; }

    public TimeProvider Clock { get; }

    public ILogger Logger { get; }

    public ActiveIndex Active { get; }

    public DurableTimers Timers { get; }

    public StepRunner Steps { get; }

    public SemaphoreSlim OrchestratorSlots { get; }

    public BusyCount Busy { get; } = new();

    public InstanceWaiters Waiters { get; } = new();

    public CancellationToken Stopping => stopping.Token;

    public bool IsStopped => stopping.IsCancellationRequested;

    public async Task StartAsync(CancellationToken cancellation)
    {
        await watch.TakeOwnershipAsync(cancellation);
        foreach (var instanceId in await Active.ReadAsync(cancellation))
            Post(instanceId, new Inbound.Wake());

        if (Clock is MovableClock movable)
            movable.Moved += Timers.LookAgain;
        _ = Timers.RunAsync(Stopping);
        _ = watch.RunAsync(Stopping);
    }

    public async Task StopAsync(CancellationToken cancellation)
    {
        isDraining = true;
        try
        {
            await Busy.WaitForIdleAsync(cancellation);
        }
        catch (OperationCanceledException)
        {
            // What is unfinished is run again by the next process.
        }

        Kill();
    }

    public void Kill()
    {
        if (Clock is MovableClock movable)
            movable.Moved -= Timers.LookAgain;
        stopping.Cancel();
    }

    public Task<bool> IsIdleAsync(CancellationToken cancellation) => Task.FromResult(Busy.IsIdle && !Timers.IsAnyDue());

    public async ValueTask<IReadOnlyList<DateTimeOffset>> DueTimesAsync(
        DateTimeOffset after, DateTimeOffset until, CancellationToken cancellation) =>
        await Timers.DueTimesAsync(after, until, cancellation);

    public async Task RunDueAsync(CancellationToken cancellation)
    {
        Timers.FireDue();
        await Busy.WaitForIdleAsync(cancellation);
    }

    /// <summary>Wakes the instance's session, making one if there is none.</summary>
    public void Post(string instanceId, Inbound inbound)
    {
        while (!IsStopped && !Session(instanceId).TryPost(inbound))
            RemoveClosed(instanceId);
    }

    /// <summary>Drops the session from memory if nobody needs it, and the instance from those to look after.</summary>
    public void Close(InstanceSession session)
    {
        if (session.TryClose(() => Active.Release(session.InstanceId)))
            sessions.TryRemove(new(session.InstanceId, session));
    }

    public void CloseIdleSessions()
    {
        var limit = TimeProvider.System.GetUtcNow() - Options.IdleTimeout;
        foreach (var session in sessions.Values.Where(session => session.LastUsed < limit))
            session.TryPost(new Inbound.Idle());
    }

    /// <summary>Its head as this process knows it, or as stored. Null for an unknown instance.</summary>
    public async Task<InstanceRow?> FindAsync(string instanceId, CancellationToken cancellation) =>
        !IsStopped && sessions.TryGetValue(instanceId, out var session) && session.Row is { } row
            ? row
            : await store.FindAsync(instanceId, withPayloads: false, cancellation);

    /// <summary>Makes an instance, or restarts a finished one of that id.</summary>
    /// <exception cref="OrchestrationAlreadyExistsException">One of that id has not finished, and may not be replaced.</exception>
    public Task CreateAsync(InstanceRow row, CancellationToken cancellation) => PinnedAsync(row.InstanceId, async () =>
    {
        await Active.EnsureAsync(row.InstanceId);
        var (stored, isNew) = await store.CreateAsync(row, cancellation);
        if (!isNew)
        {
            stored = await ReplaceAsync(row, stored, Options.OverridesAnyState, cancellation) ?? throw new OrchestrationAlreadyExistsException(
                $"An orchestration instance with the id '{row.InstanceId}' already exists and is {stored.Status}.");
        }

        await TellAsync(row.InstanceId, new Inbound.Adopt(stored), cancellation);
    });

    /// <summary>Puts a message into the inbox of a running instance.</summary>
    /// <param name="row">The instance as the caller knows it.</param>
    public Task SendAsync(InstanceRow row, HistoryEvent content, string id, long ticks, CancellationToken cancellation) =>
        PinnedAsync(row.InstanceId, async () =>
        {
            var message = new InboxMessage($"{ticks:D19}|{id}", content);
            await Active.EnsureAsync(row.InstanceId);
            await store.AddMessageAsync(row.InstanceId, row.Run.Incarnation, message, cancellation);
            await TellAsync(row.InstanceId, new Inbound.Message(row.Run.Incarnation, message), cancellation);
        });

    /// <summary>Delivers what an instance sent; to nobody if the receiver is unknown or has finished.</summary>
    public async Task DeliverAsync(OutboundMessage message)
    {
        if (await FindAsync(message.To, Stopping) is { IsFinished: false } row)
            await SendAsync(row, message.Content, message.Id, message.Ticks, Stopping);
    }

    /// <summary>Starts a sub-orchestration, finds the one already started, or tells the parent why there is none.</summary>
    public Task StartChildAsync(InstanceRow parent, ChildCreated call) => PinnedAsync(call.InstanceId, async () =>
    {
        var row = Children.RowOf(parent, call, Clock.GetUtcNow());
        await Active.EnsureAsync(call.InstanceId);
        var (stored, isNew) = await store.CreateAsync(row, Stopping);
        if (!isNew && stored.Creation != row.Creation)
        {
            stored = await ReplaceAsync(row, stored, false, Stopping);
            isNew = stored is not null;
        }

        if (stored is null)
            Post(parent.InstanceId, new Inbound.Answered(parent.Run, Children.IdIsTaken(call)));
        else if (isNew)
            Post(call.InstanceId, new Inbound.Adopt(stored));
        else
            Post(call.InstanceId, new Inbound.Wake());
    });

    public void StartActivity(InstanceSession session, InstanceRow row, TaskScheduled task)
    {
        // What is not begun now, the next process begins.
        if (isDraining || !session.TryBeginWork(row.Run, task.Id))
            return;

        Busy.Enter();
        _ = Task.Run(async () =>
        {
            try
            {
                if (await RunActivityAsync(row, task) is { } answer)
                    Post(row.InstanceId, new Inbound.Answered(row.Run, answer));
            }
            finally
            {
                Busy.Leave();
            }
        });
    }

    /// <summary>Takes the instance and all its rows away.</summary>
    /// <returns>False when it is unknown or has not finished.</returns>
    public async Task<bool> PurgeAsync(string instanceId, CancellationToken cancellation)
    {
        if (await store.FindAsync(instanceId, withPayloads: false, cancellation) is not { IsFinished: true })
            return false;

        var isPurged = await store.DeleteAsync(instanceId, cancellation);
        Post(instanceId, new Inbound.Reload());
        return isPurged;
    }

    /// <summary>Strictly growing, so that messages sent one after the other stay in that order.</summary>
    public long NextTicks()
    {
        lock (tickSync)
            return lastTicks = Math.Max(lastTicks + 1, Clock.GetUtcNow().UtcTicks);
    }

    private async Task<InstanceRow?> ReplaceAsync(
        InstanceRow row, InstanceRow existing, bool overridesAny, CancellationToken cancellation)
    {
        while (existing.IsFinished || overridesAny)
        {
            try
            {
                var change = new InstanceChange { Row = row with { Run = existing.Run.NextIncarnation(), ETag = existing.ETag } };
                var stored = await store.ApplyAsync(change, cancellation);
                _ = Task.Run(() => store.DeleteLeftoversAsync(stored, Stopping), Stopping);
                return stored;
            }
            catch (LostRaceException)
            {
                if (await store.FindAsync(row.InstanceId, withPayloads: false, cancellation) is not { } found)
                    return (await store.CreateAsync(row, cancellation)).Row;
                existing = found;
            }
        }

        return null;
    }

    private async Task<Answer?> RunActivityAsync(InstanceRow row, TaskScheduled task)
    {
        if (!Tasks.HasActivity(task.Name))
            return new TaskFailed(task.Id, new("ActivityTaskNotFound", $"There is no activity function named '{task.Name}'.", null, null, IsFinal: true));

        try
        {
            await activitySlots.WaitAsync(Stopping);
            using var span = DurableTraces.OfActivity(task.Name, row);
            try
            {
                return new TaskCompleted(task.Id, Payload.Of(await Tasks.RunActivityAsync(task.Name, row.InstanceId, task.Input, Stopping)));
            }
            finally
            {
                activitySlots.Release();
            }
        }
        catch (Exception) when (IsStopped)
        {
            // Cut short by the end of the process, not by its own fault: the next process runs it again.
            return null;
        }
        catch (Exception e)
        {
            return new TaskFailed(task.Id, Failure.From(e));
        }
    }

    private async Task TellAsync(string instanceId, Inbound inbound, CancellationToken cancellation)
    {
        if (IsStopped)
            await watch.RingAsync(instanceId, cancellation);
        else
            Post(instanceId, inbound);
    }

    private void Fire(TimerEntry entry) => Post(entry.InstanceId, new Inbound.Fired(entry));

    private InstanceSession Session(string instanceId) => sessions.GetOrAdd(instanceId, id => new(id, this));

    private void RemoveClosed(string instanceId)
    {
        if (sessions.TryGetValue(instanceId, out var session) && session.IsClosed)
            sessions.TryRemove(new(instanceId, session));
    }

    private async Task PinnedAsync(string instanceId, Func<Task> work)
    {
        InstanceSession session;
        while (!(session = Session(instanceId)).TryPin())
            RemoveClosed(instanceId);

        var isDone = false;
        try
        {
            await work();
            isDone = true;
        }
        finally
        {
            // The session may have wanted to close meanwhile; and a failed call may have reached storage all the same.
            if (session.Unpin() || !isDone)
                session.TryPost(new Inbound.Wake());
        }
    }
}
