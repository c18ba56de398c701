using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.History;
using Serverless.Emulator.Durable.Replay;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>What a step changes in storage, all in one transaction.</summary>
internal static class StepChange
{
    private const int ReceivedToRemember = 64;

    public static InstanceChange Of(SessionState state, Step step, StepResult result, DateTimeOffset now, Func<long> ticks)
    {
        var row = state.Row with
        {
            Status = result.IsSuspended ? OrchestrationRuntimeStatus.Suspended : OrchestrationRuntimeStatus.Running,
            Steps = state.Row.Steps + 1,
            UpdatedAt = now,
            CustomStatus = result.IsCustomStatusSet ? result.CustomStatus : state.Row.CustomStatus,
            Outbox = Outbox(state, result, ticks),
        };
        return result.End is ExecutionEnd.ContinuedAsNew next
            ? NextGeneration(row, next, state, step)
            : new() { Row = Ended(row, result.End), Appended = [.. step.Events, .. result.NewEvents], ConsumedKeys = step.ConsumedKeys };
    }

    private static InstanceRow Ended(InstanceRow row, ExecutionEnd? end) => end switch
    {
        ExecutionEnd.Completed completed => row with { Status = OrchestrationRuntimeStatus.Completed, Output = completed.Output },
        ExecutionEnd.Terminated terminated => row with { Status = OrchestrationRuntimeStatus.Terminated, Output = terminated.Output },
        ExecutionEnd.Failed failed => row with
        {
            Status = OrchestrationRuntimeStatus.Failed,
            Failure = failed.Failure,
            Output = Payload.Of(failed.Failure.Message),
        },
        _ => row,
    };

    /// <summary>The new history begins with the events that the old one left; they are early events to the new code.</summary>
    private static InstanceChange NextGeneration(InstanceRow row, ExecutionEnd.ContinuedAsNew next, SessionState state, Step step)
    {
        var hasEvents = next.Unprocessed.Count > 0;
        return new()
        {
            Row = row with
            {
                Status = OrchestrationRuntimeStatus.Running,
                Run = row.Run.NextGeneration(),
                Steps = hasEvents ? 1 : 0,
                Input = next.Input,
                Version = next.Version,
                Received = [.. state.Received.Concat(step.ReceivedFromInstances).TakeLast(ReceivedToRemember)],
            },
            Appended = hasEvents ? next.Unprocessed : null,
            ConsumedKeys = step.ConsumedKeys,
            EndedRun = state.Row.Run,
            EndedRunSteps = state.Row.Steps,
        };
    }

    /// <summary>Events sent, and the end of the children of a recursively terminated instance.</summary>
    private static List<OutboundMessage> Outbox(SessionState state, StepResult result, Func<long> ticks)
    {
        var row = state.Row;
        List<OutboundMessage> outbox = [];
        foreach (var sent in result.NewEvents.OfType<EventSent>())
        {
            var id = $"@{row.InstanceId}|{row.Creation}|{row.Run.Generation}|{sent.Id}";
            outbox.Add(new(sent.InstanceId, ticks(), id, new EventRaised(sent.Name, sent.Input, id)));
        }

        if (result.End is ExecutionEnd.Terminated { Recursive: true } terminated)
        {
            foreach (var child in state.Open.Values.OfType<ChildCreated>())
                outbox.Add(new(child.InstanceId, ticks(), $"@{row.InstanceId}|{row.Creation}|end", new ExecutionTerminated(terminated.Output, true)));
        }

        return outbox;
    }
}
