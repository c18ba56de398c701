using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>What a parent and its sub-orchestration say to each other.</summary>
internal static class Children
{
    /// <summary>The child's row. The same call gives the same <see cref="InstanceRow.Creation"/>, whoever repeats it.</summary>
    public static InstanceRow RowOf(InstanceRow parent, ChildCreated call, DateTimeOffset now) => new()
    {
        InstanceId = call.InstanceId,
        Name = call.Name,
        Input = call.Input,
        CreatedAt = now,
        UpdatedAt = now,
        Parent = new(parent.InstanceId, parent.Name, parent.Run.Incarnation, parent.Run.Generation, call.Id),
        TraceParent = parent.TraceParent,
        Creation = $"{parent.Creation}|{parent.Run.Generation}|{call.Id}",
    };

    /// <summary>What the parent is told when the child has ended.</summary>
    public static Answer AnswerOf(InstanceRow child) => child.Status switch
    {
        OrchestrationRuntimeStatus.Completed => new ChildCompleted(child.Parent!.DecisionId, child.Output),
        OrchestrationRuntimeStatus.Failed => new ChildFailed(child.Parent!.DecisionId, child.Failure!),
        _ => new ChildFailed(child.Parent!.DecisionId, new(
            "SubOrchestrationTerminated", $"Sub-orchestration '{child.InstanceId}' was terminated.", null, null)),
    };

    public static Answer IdIsTaken(ChildCreated call) => new ChildFailed(call.Id, new(
        "DurableTask.Core.Exceptions.OrchestrationAlreadyExistsException",
        $"An instance with the id '{call.InstanceId}' is already running.", null, null));
}
