using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>Orchestrator code: runs until it needs an answer that is not there yet. Its task's result is the serialized output.</summary>
internal delegate Task<string?> Orchestrator(ExecutionStart start, TaskOrchestrationContext context);

/// <summary>Runs an orchestrator through its whole history and then through a batch of new events.</summary>
/// <remarks>
/// One object, one replay, synchronously on the calling thread. The instance ends when the code has returned and nothing it
/// asked for is open: a timer that nobody cancelled, or an activity that nobody awaits, keeps it running.
/// </remarks>
internal sealed class OrchestratorReplay
{
    private readonly ExecutionStart start;
    private readonly Orchestrator orchestrator;
    private readonly OrchestratorThread thread = new();
    private readonly ReplayContext context;
    private readonly List<EventRaised> carriedOver = [];
    private readonly Queue<HistoryEvent> heldBack = new();
    private Task<string?>? running;
    private ExecutionTerminated? terminated;
    private bool isSuspended;

    public OrchestratorReplay(
        ExecutionStart start, Orchestrator orchestrator, DataConverter converter, ILoggerFactory loggers, int firstNewId)
    {
        (this.start, this.orchestrator) = (start, orchestrator);
        context = new(start, converter, loggers, thread, firstNewId);
    }

    /// <summary>Called at most once, from any thread, when code that had awaited something illegal came back after its batch.</summary>
    public Action<Exception>? OnIllegalAwait { get; init; }

    /// <param name="past">The history; the code's decisions are compared with it.</param>
    /// <param name="fresh">Begins with a <see cref="StepStarted"/>.</param>
    public StepResult Run(IReadOnlyList<HistoryEvent> past, IReadOnlyList<HistoryEvent> fresh)
    {
        ExecutionEnd? end;
        using (thread.Enter())
        {
            try
            {
                foreach (var happened in past)
                    Process(happened);
                context.EndReplay();
                foreach (var happened in fresh)
                    Process(happened);
                end = End();
            }
            catch (Exception e)
            {
                end = new ExecutionEnd.Failed(Failure.From(e));
            }
        }

        if (end is null)
            WatchForIllegalReturn();
        return new(
            end is ExecutionEnd.Failed or ExecutionEnd.Terminated && context.HasOpenTasks ? [] : context.NewEvents(),
            end,
            context.CustomStatus,
            context.IsCustomStatusSet,
            isSuspended && end is null);
    }

    private void Process(HistoryEvent happened)
    {
        switch (happened)
        {
            case StepStarted step:
                context.BeginBatch(step.At);
                Begin();
                break;
            case Decision decision:
                context.Match(decision);
                break;
            case ExecutionTerminated order:
                terminated ??= order;
                break;
            case ExecutionSuspended:
                isSuspended = true;
                break;
            case ExecutionResumed:
                isSuspended = false;
                while (!isSuspended && heldBack.TryDequeue(out var held))
                    Deliver(held);
                break;
            default:
                if (isSuspended)
                    heldBack.Enqueue(happened);
                else
                    Deliver(happened);
                break;
        }
    }

    private void Deliver(HistoryEvent happened)
    {
        switch (happened)
        {
            case Answer answer:
                context.Receive(answer);
                break;
            case EventRaised raised when context.ContinuingAsNew is not null:
                carriedOver.Add(raised);
                break;
            case EventRaised raised:
                context.Events.Raise(raised);
                break;
        }

        thread.Drain();
    }

    private void Begin()
    {
        if (running is not null)
            return;

        running = Start();
        thread.Drain();
        if (!running.IsCompleted && !context.WasTouched)
            throw IllegalAwait.Exception();
    }

    private Task<string?> Start()
    {
        try
        {
            return orchestrator(start, context);
        }
        catch (Exception e)
        {
            return Task.FromException<string?>(e);
        }
    }

    private ExecutionEnd? End()
    {
        if (terminated is not null)
            return new ExecutionEnd.Terminated(terminated.Output, terminated.Recursive);
        if (context.IllegalUse is { } illegal)
            return new ExecutionEnd.Failed(Failure.From(illegal));
        if (running is null || context.HasOpenTasks || isSuspended)
            return null;
        if (!running.IsCompleted)
            return context.Events.IsAnyOpen ? null : new ExecutionEnd.Failed(Failure.From(IllegalAwait.Exception()));
        if (running.IsFaulted)
            return new ExecutionEnd.Failed(Failure.From(running.Exception.InnerException!));
        if (running.IsCanceled)
            return new ExecutionEnd.Failed(Failure.From(new AggregateException(new TaskCanceledException(running))));

        return context.ContinuingAsNew is { } next
            ? new ExecutionEnd.ContinuedAsNew(Payload.Of(context.NewInput), Unprocessed(next), next.NewVersion ?? start.Version)
            : new ExecutionEnd.Completed(Payload.Of(running.Result));
    }

    private List<EventRaised> Unprocessed(ContinueAsNewOptions next) =>
        next.PreserveUnprocessedEvents ? [.. context.Events.TakeEarly(), .. carriedOver] : carriedOver;

    /// <summary>Only an illegal await can move the code once its batch is over; without this the instance would hang silently.</summary>
    private void WatchForIllegalReturn()
    {
        if (running is null || running.IsCompleted || OnIllegalAwait is null)
            return;

        running.ContinueWith(
            (task, _) =>
            {
                var cause = task.IsFaulted && context.IllegalUse is null ? IllegalAwait.Exception() : context.IllegalUse;
                OnIllegalAwait(cause ?? IllegalAwait.Exception());
            },
            null,
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
