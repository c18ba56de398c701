using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Replay;

/// <summary>What one batch of events led to.</summary>
/// <param name="NewEvents">Decisions in order, and timers given up: to be appended to the history.</param>
/// <param name="CustomStatus">Null: the code has never set one.</param>
internal sealed record StepResult(
    IReadOnlyList<HistoryEvent> NewEvents, ExecutionEnd? End, Payload? CustomStatus, bool IsCustomStatusSet, bool IsSuspended);

/// <summary>How the execution ended.</summary>
internal abstract record ExecutionEnd
{
    internal sealed record Completed(Payload? Output) : ExecutionEnd;

    internal sealed record Failed(Failure Failure) : ExecutionEnd;

    internal sealed record Terminated(Payload? Output, bool Recursive) : ExecutionEnd;

    /// <param name="Unprocessed">Events that the next generation gets, in order.</param>
    internal sealed record ContinuedAsNew(Payload? Input, IReadOnlyList<EventRaised> Unprocessed, string? Version) : ExecutionEnd;
}
