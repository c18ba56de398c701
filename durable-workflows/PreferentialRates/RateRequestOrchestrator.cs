using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Fx;

namespace Serverless.Workflows.PreferentialRates;

/// <summary>Sees a request for a preferential rate from its submission to its end: the treasury and the customer are told and reminded, and the clock ends what nobody does (FX-11, FX-18).</summary>
/// <remarks>
/// Instance id: the request's. Input and history hold that id, states and times only. What is decided, cancelled or completed stands in the request and is carried out by
/// whoever does it; this is who takes up what was cut short. Events only wake: early, late, twice or for a request that is over they change nothing.
/// </remarks>
public static class RateRequestOrchestrator
{
    public const string Name = "PreferentialRate";

    /// <summary>Something was decided, cancelled or completed.</summary>
    public const string Changed = "Changed";

    /// <summary>Also without a deadline it is looked at again.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(6);

    [Function(Name)]
    public static async Task<RateRequestState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid request)
    {
        while (true)
        {
            var step = await context.CallActivityAsync<RateRequestStanding>(AdvanceRateRequestActivity.Name, request, Retry.Storage);
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

/// <summary>Where a request stands, in types that the history can hold. State null: there is no such request.</summary>
public sealed record RateRequestStanding(RateRequestState? State, bool IsFinal, DateTimeOffset? Wake);
