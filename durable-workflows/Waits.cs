using Microsoft.DurableTask;

namespace Serverless.Workflows;

/// <summary>How orchestrators wait.</summary>
public static class Waits
{
    /// <summary>Until the event comes or the time has; the loser is cancelled.</summary>
    /// <param name="until">UTC.</param>
    public static async Task WaitAsync(this TaskOrchestrationContext context, string eventName, DateTime until)
    {
        using var end = new CancellationTokenSource();
        var waking = context.WaitForExternalEvent<bool>(eventName, end.Token);
        var timer = context.CreateTimer(until, end.Token);
        await Task.WhenAny(waking, timer);
        Cancel(end);
    }

    /// <summary>In place: an orchestrator awaits nothing that its history does not know.</summary>
    private static void Cancel(CancellationTokenSource end) => end.Cancel();
}
