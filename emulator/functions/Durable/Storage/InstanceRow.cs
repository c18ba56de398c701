using Azure;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Replay;

namespace Serverless.Emulator.Durable.Storage;

/// <summary>The head of an instance: what clients ask for, and what guards its history by its ETag.</summary>
internal sealed record InstanceRow
{
    public required string InstanceId { get; init; }

    public required string Name { get; init; }

    public RunId Run { get; init; } = RunId.First;

    public OrchestrationRuntimeStatus Status { get; init; } = OrchestrationRuntimeStatus.Pending;

    /// <summary>Batches in the history of this run.</summary>
    public int Steps { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>Pending until then.</summary>
    public DateTimeOffset? StartAt { get; init; }

    public Payload? Input { get; init; }

    public Payload? Output { get; init; }

    public Payload? CustomStatus { get; init; }

    public Failure? Failure { get; init; }

    public ParentLink? Parent { get; init; }

    public string? Version { get; init; }

    public IReadOnlyDictionary<string, string>? Tags { get; init; }

    /// <summary>The trace that it goes on with, in W3C's form.</summary>
    public string? TraceParent { get; init; }

    /// <summary>What the last step sent to other instances. Delivered before the next step; again after a crash.</summary>
    public IReadOnlyList<OutboundMessage> Outbox { get; init; } = [];

    /// <summary>Ids of messages that an earlier generation received last, so that a late repetition is known as one.</summary>
    public IReadOnlyList<string> Received { get; init; } = [];

    /// <summary>Tells one's own row from another's, when the answer to its creation was lost.</summary>
    public string Creation { get; init; } = "";

    public ETag ETag { get; init; }

    public bool IsFinished => Status
        is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed or OrchestrationRuntimeStatus.Terminated;

    public ExecutionStart ToStart() =>
        new(Name, InstanceId, Input, Parent is null ? null : new(Parent.Name, Parent.InstanceId), Version);
}

/// <summary>Whose sub-orchestration it is, and which call of which run.</summary>
internal sealed record ParentLink(string InstanceId, string Name, int Incarnation, int Generation, int DecisionId)
{
    public RunId Run() => new(Incarnation, Generation);
}

/// <param name="Ticks">When it was sent, which orders the inbox.</param>
/// <param name="Id">The same for every delivery of this message.</param>
internal sealed record OutboundMessage(string To, long Ticks, string Id, HistoryEvent Content);

/// <param name="Key">Order of arrival, then the message's id: unique in the instance's inbox.</param>
internal sealed record InboxMessage(string Key, HistoryEvent Content)
{
    public static InboxMessage New(DateTimeOffset at, string id, HistoryEvent content) => new($"{at.UtcTicks:D19}|{id}", content);
}

/// <summary>All of an instance, read in one query.</summary>
internal sealed record StoredInstance(InstanceRow Row, IReadOnlyList<HistoryEvent> History, IReadOnlyList<InboxMessage> Inbox);

/// <summary>One atomic change of an instance.</summary>
internal sealed record InstanceChange
{
    /// <summary>With the ETag it was read with.</summary>
    public required InstanceRow Row { get; init; }

    /// <summary>Becomes batch number <c>Row.Steps - 1</c> of <c>Row.Run</c>.</summary>
    public IReadOnlyList<HistoryEvent>? Appended { get; init; }

    public IReadOnlyList<string> ConsumedKeys { get; init; } = [];

    /// <summary>The run before, whose history is of no use from now on.</summary>
    public RunId? EndedRun { get; init; }

    public int EndedRunSteps { get; init; }
}
