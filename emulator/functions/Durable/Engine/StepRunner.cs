using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Replay;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>Steps of orchestrations: takes what came in, replays, stores the outcome in one transaction, then sets off what was asked for.</summary>
/// <remarks>
/// Until the transaction nothing has happened; after it, everything that must follow can be read from it: activities,
/// children and timers without an answer, and the outbox. Setting them off is repeated after a crash and does no harm twice.
/// </remarks>
internal sealed class StepRunner(DurableEngine engine, HubStore store, DataConverter converter, ILoggerFactory loggers)
{
    /// <summary>A transaction holds 100 rows; each consumed message is one.</summary>
    private const int MaxMessagesPerStep = 60;

    /// <param name="undone">Emptied of what is dealt with; what is left belongs to the next step.</param>
    public async Task RunAsync(InstanceSession session, List<Inbound> undone)
    {
        await engine.OrchestratorSlots.WaitAsync(engine.Stopping);
        try
        {
            await ReadAsync(session, undone);
            if (session.State is not { } state)
                Forget(session, undone);
            else if (state.Row.IsFinished)
                await CloseAsync(session, state, undone);
            else
                await StepAsync(session, state, undone);
        }
        finally
        {
            engine.OrchestratorSlots.Release();
        }
    }

    private async Task ReadAsync(InstanceSession session, List<Inbound> undone)
    {
        foreach (var adopt in undone.OfType<Inbound.Adopt>().ToList())
        {
            if (session.State is null || adopt.Row.Run.Incarnation > session.State.Row.Run.Incarnation)
                session.State = new(new(adopt.Row, [], []));
            undone.Remove(adopt);
        }

        if (undone.RemoveAll(inbound => inbound is Inbound.Reload) > 0)
            session.State = null;
        if (session.State is { } known)
        {
            session.Row = known.Row;
            Accept(known, undone);
            return;
        }

        // Messages posted so far were stored before: those that the query does not find have been consumed.
        var stored = await store.LoadAsync(session.InstanceId, engine.Stopping);
        undone.RemoveAll(inbound => inbound is Inbound.Message);
        if (stored is null)
            return;

        session.State = new(stored);
        session.Row = stored.Row;
        if (!stored.Row.IsFinished)
            await SetOffAsync(session, session.State, session.State.Open.Values);
    }

    private static void Accept(SessionState state, List<Inbound> undone)
    {
        foreach (var (incarnation, message) in undone.OfType<Inbound.Message>())
        {
            if (incarnation == state.Row.Run.Incarnation
                && !state.Consumed.Contains(message.Key)
                && !state.Inbox.Exists(known => known.Key == message.Key))
                state.Inbox.Add(message);
        }

        undone.RemoveAll(inbound => inbound is Inbound.Message);
    }

    /// <summary>There is no such instance (any more).</summary>
    private void Forget(InstanceSession session, List<Inbound> undone)
    {
        undone.ForEach(inbound => Discard(session, inbound));
        undone.Clear();
        engine.Close(session);
    }

    private async Task StepAsync(InstanceSession session, SessionState state, List<Inbound> undone)
    {
        if (await WaitsToStartAsync(state))
        {
            if (undone.Exists(inbound => inbound is Inbound.Idle))
                engine.Close(session);
            undone.ForEach(inbound => Discard(session, inbound));
            undone.Clear();
            return;
        }

        var now = engine.Clock.GetUtcNow();
        var step = new Step(state, now);
        var isIdle = undone.Exists(inbound => inbound is Inbound.Idle);
        foreach (var useless in undone.Where(inbound => !step.Take(inbound)).ToList())
        {
            Discard(session, useless);
            undone.Remove(useless);
        }

        step.TakeMessages(MaxMessagesPerStep);
        if (!step.HasWork)
        {
            if (isIdle && state.Open.Values.All(decision => decision is TimerCreated))
                engine.Close(session);
            return;
        }

        var result = Replay(session, state, step);
        await engine.Active.EnsureAsync(session.InstanceId);
        var stored = await store.ApplyAsync(StepChange.Of(state, step, result, now, engine.NextTicks), engine.Stopping);
        foreach (var (run, id) in undone.OfType<Inbound.Answered>().Select(answered => (answered.Run, answered.Answer.DecisionId)))
            session.EndWork(run, id);
        undone.Clear();
        await AfterAsync(session, state, step, result, stored);
    }

    /// <summary>A late start: the messages stay in the inbox until then. An order to end is obeyed now.</summary>
    private async Task<bool> WaitsToStartAsync(SessionState state)
    {
        if (state.HasStarted || state.Row.StartAt is not { } startAt || state.Inbox.Exists(message => message.Content is ExecutionTerminated))
            return false;

        var timer = new TimerEntry(startAt, state.Row.InstanceId, state.Row.Run, TimerEntry.StartOfInstance);
        if (startAt <= engine.Clock.GetUtcNow())
        {
            engine.Timers.Remove(timer);
            return false;
        }

        await engine.Timers.PutAsync([timer]);
        return true;
    }

    private StepResult Replay(InstanceSession session, SessionState state, Step step)
    {
        if (step.Illegal is { } illegal)
            return Failed(Failure.From(illegal));
        if (!state.HasStarted && step.Events.OfType<ExecutionTerminated>().FirstOrDefault() is { } order)
            return new([], new ExecutionEnd.Terminated(order.Output, order.Recursive), null, false, false);
        if (engine.Tasks.FindOrchestrator(state.Row.Name) is not { } orchestrator)
            return Failed(new("OrchestratorTaskNotFound", $"There is no orchestrator function named '{state.Row.Name}'.", null, null));

        var run = state.Row.Run;
        var replay = new OrchestratorReplay(state.Row.ToStart(), orchestrator, converter, loggers, state.NextDecisionId)
        {
            OnIllegalAwait = e => engine.Post(session.InstanceId, new Inbound.IllegalReturn(run, e)),
        };
        return replay.Run(state.History, step.Events);
    }

    private static StepResult Failed(Failure failure) => new([], new ExecutionEnd.Failed(failure), null, false, false);

    private async Task AfterAsync(InstanceSession session, SessionState state, Step step, StepResult result, InstanceRow stored)
    {
        var before = state.Row;
        var timers = state.Open.Values.OfType<TimerCreated>().ToList();
        state.Append(stored, [.. step.Events, .. result.NewEvents], step.ConsumedKeys);
        foreach (var timer in timers.Where(timer => stored.IsFinished || !state.Open.ContainsKey(timer.Id)))
            engine.Timers.Remove(Entry(before, timer));

        if (result.End is ExecutionEnd.ContinuedAsNew next)
        {
            session.State = state = new(new(stored, next.Unprocessed, state.Inbox));
            engine.Post(session.InstanceId, new Inbound.Wake());
        }

        session.Row = stored;
        engine.Waiters.Notify(stored);
        if (stored.IsFinished)
        {
            DurableTraces.Tell(stored, engine.Clock.GetUtcNow());
            await CloseAsync(session, state, []);
            return;
        }

        await SetOffAsync(session, state, result.NewEvents.OfType<Decision>().Where(decision => state.Open.ContainsKey(decision.Id)));
        if (state.Inbox.Count > 0)
            engine.Post(session.InstanceId, new Inbound.Wake());
    }

    /// <summary>Sets off what decisions ask for, and delivers the outbox. May be repeated.</summary>
    private async Task SetOffAsync(InstanceSession session, SessionState state, IEnumerable<Decision> decisions)
    {
        List<TimerEntry> timers = [];
        List<Task> children = [];
        foreach (var decision in decisions)
        {
            switch (decision)
            {
                case TaskScheduled task:
                    engine.StartActivity(session, state.Row, task);
                    break;
                case ChildCreated child:
                    children.Add(engine.StartChildAsync(state.Row, child));
                    break;
                case TimerCreated timer:
                    timers.Add(Entry(state.Row, timer));
                    break;
            }
        }

        await Task.WhenAll([.. children, engine.Timers.PutAsync(timers)]);
        foreach (var message in state.Row.Outbox)
            await engine.DeliverAsync(message);
    }

    /// <summary>All that is left to do for a finished instance; repeated when the process ended before it was done.</summary>
    private async Task CloseAsync(InstanceSession session, SessionState state, List<Inbound> undone)
    {
        undone.ForEach(inbound => Discard(session, inbound));
        undone.Clear();
        foreach (var message in state.Row.Outbox)
            await engine.DeliverAsync(message);
        if (state.Row.Parent is { } parent)
            engine.Post(parent.InstanceId, new Inbound.Answered(parent.Run(), Children.AnswerOf(state.Row)));
        engine.Close(session);
    }

    private void Discard(InstanceSession session, Inbound inbound)
    {
        if (inbound is Inbound.Answered answered)
            session.EndWork(answered.Run, answered.Answer.DecisionId);
        else if (inbound is Inbound.Fired fired)
            engine.Timers.Remove(fired.Entry);
    }

    private static TimerEntry Entry(InstanceRow row, TimerCreated timer) => new(timer.DueAt, row.InstanceId, row.Run, timer.Id);
}
