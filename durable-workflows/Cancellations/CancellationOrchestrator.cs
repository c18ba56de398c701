using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Cancellations;

namespace Serverless.Workflows.Cancellations;

/// <summary>Sees a request to cancel a payment to its end: the contact centre is told, reminded, and whoever has to answer does so before a deadline (EKL-28).</summary>
/// <remarks>
/// Instance id: the request's. Input and history hold ids and times only. What is decided stands in the request and is carried out by whoever decides; this is
/// who takes up what was cut short, and whose clock ends what nobody answers. Events only wake.
/// </remarks>
public static class CancellationOrchestrator
{
    public const string Name = "Cancellation";

    /// <summary>Something was decided or answered.</summary>
    public const string Changed = "Changed";

    /// <summary>Also without a deadline it is looked at again: reminders, money under way.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    [Function(Name)]
    public static async Task<CancellationState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, CancellationTarget target)
    {
        while (true)
        {
            var step = await context.CallActivityAsync<CancellationStanding>(AdvanceCancellationActivity.Name, target, Retry.Storage);
            if (step.State is null || step.IsFinal)
                return step.State;
            var next = context.CurrentUtcDateTime + LongestPause;
            await WaitAsync(context, step.Wake is { } wake && wake.UtcDateTime < next ? wake.UtcDateTime : next);
        }
    }

    /// <summary>Until the event comes or the time has; the loser is cancelled.</summary>
    private static async Task WaitAsync(TaskOrchestrationContext context, DateTime until)
    {
        using var end = new CancellationTokenSource();
        var waking = context.WaitForExternalEvent<bool>(Changed, end.Token);
        var timer = context.CreateTimer(until, end.Token);
        await Task.WhenAny(waking, timer);
        Cancel(end);
    }

    /// <summary>In place: an orchestrator awaits nothing that its history does not know.</summary>
    private static void Cancel(CancellationTokenSource end) => end.Cancel();
}

/// <summary>Which request: what the history keeps.</summary>
public sealed record CancellationTarget(string Customer, Guid Number);

/// <summary>Where a request stands, in types that the history can hold. State null: there is no such request.</summary>
public sealed record CancellationStanding(CancellationState? State, bool IsFinal, DateTimeOffset? Wake);
