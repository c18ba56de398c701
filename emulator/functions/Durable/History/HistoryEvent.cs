using System.Text.Json.Serialization;

namespace Serverless.Emulator.Durable.History;

/// <summary>One fact of an orchestration's life. What happened to it, and what it asked for, in order.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "is")]
[JsonDerivedType(typeof(StepStarted), "step")]
[JsonDerivedType(typeof(TaskScheduled), "taskScheduled")]
[JsonDerivedType(typeof(TaskCompleted), "taskCompleted")]
[JsonDerivedType(typeof(TaskFailed), "taskFailed")]
[JsonDerivedType(typeof(ChildCreated), "childCreated")]
[JsonDerivedType(typeof(ChildCompleted), "childCompleted")]
[JsonDerivedType(typeof(ChildFailed), "childFailed")]
[JsonDerivedType(typeof(TimerCreated), "timerCreated")]
[JsonDerivedType(typeof(TimerFired), "timerFired")]
[JsonDerivedType(typeof(TimerCancelled), "timerCancelled")]
[JsonDerivedType(typeof(EventSent), "eventSent")]
[JsonDerivedType(typeof(EventRaised), "eventRaised")]
[JsonDerivedType(typeof(ExecutionSuspended), "suspended")]
[JsonDerivedType(typeof(ExecutionResumed), "resumed")]
[JsonDerivedType(typeof(ExecutionTerminated), "terminated")]
internal abstract record HistoryEvent
{
    /// <summary>What may be long and so may live in a blob.</summary>
    public virtual Payload? Data() => null;
}

/// <summary>A batch of events begins; its time is the orchestrator's clock until the next batch.</summary>
internal sealed record StepStarted(DateTimeOffset At) : HistoryEvent;

/// <summary>Something the orchestrator asked for. Replay must ask for the same, in the same order.</summary>
/// <param name="Id">Sequence number in the execution, from 0.</param>
internal abstract record Decision(int Id) : HistoryEvent
{
    /// <summary>Kind and name, for the determinism check and its message.</summary>
    public abstract string Label();

    /// <summary>The orchestration stays open until this is answered.</summary>
    public virtual bool IsAwaited() => true;
}

internal sealed record TaskScheduled(int Id, string Name, Payload? Input) : Decision(Id)
{
    public override Payload? Data() => Input;

    public override string Label() => $"activity '{Name}'";
}

internal sealed record ChildCreated(int Id, string Name, string InstanceId, Payload? Input) : Decision(Id)
{
    public override Payload? Data() => Input;

    public override string Label() => $"sub-orchestration '{Name}'";
}

internal sealed record TimerCreated(int Id, DateTimeOffset DueAt) : Decision(Id)
{
    public override string Label() => "timer";
}

internal sealed record EventSent(int Id, string InstanceId, string Name, Payload? Input) : Decision(Id)
{
    public override Payload? Data() => Input;

    public override string Label() => $"event '{Name}' to '{InstanceId}'";

    public override bool IsAwaited() => false;
}

/// <summary>The answer to a <see cref="Decision"/>.</summary>
internal abstract record Answer(int DecisionId) : HistoryEvent;

internal sealed record TaskCompleted(int DecisionId, Payload? Result) : Answer(DecisionId)
{
    public override Payload? Data() => Result;
}

internal sealed record TaskFailed(int DecisionId, Failure Failure) : Answer(DecisionId);

internal sealed record ChildCompleted(int DecisionId, Payload? Result) : Answer(DecisionId)
{
    public override Payload? Data() => Result;
}

internal sealed record ChildFailed(int DecisionId, Failure Failure) : Answer(DecisionId);

internal sealed record TimerFired(int DecisionId) : Answer(DecisionId);

/// <summary>The orchestrator gave the timer up. Says that nothing is waited for; replay finds it out by itself.</summary>
internal sealed record TimerCancelled(int DecisionId) : Answer(DecisionId);

/// <param name="MessageId">Unique per sender's call, so that a message delivered twice is seen as one.</param>
internal sealed record EventRaised(string Name, Payload? Input, string MessageId) : HistoryEvent
{
    public override Payload? Data() => Input;
}

internal sealed record ExecutionSuspended(string? Reason) : HistoryEvent;

internal sealed record ExecutionResumed(string? Reason) : HistoryEvent;

/// <param name="Recursive">Children too.</param>
internal sealed record ExecutionTerminated(Payload? Output, bool Recursive) : HistoryEvent
{
    public override Payload? Data() => Output;
}
