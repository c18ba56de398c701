using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Serverless.Workflows.Remittances;

/// <summary>Asks the remitter again and again until it has confirmed or refused a payout, or staff have to.</summary>
/// <remarks>Instance id: the remittance's. Activities call banking operations, which are idempotent by that id, so each may run twice.</remarks>
public static class CollectRemittanceOrchestrator
{
    public const string Name = "CollectRemittance";

    /// <summary>Before the second question; doubled for each further one.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);

    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    [Function(Name)]
    public static async Task<CollectionOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, RemittancePlan plan)
    {
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            if (await context.CallActivityAsync<bool>(AskForPayoutActivity.Name, plan.RemittanceId, Retry.Storage))
                return CollectionOutcome.Settled;

            var next = context.CurrentUtcDateTime + pause;
            if (next >= plan.Deadline.UtcDateTime)
                break;
            await context.CreateTimer(next, CancellationToken.None);
        }

        await context.CallActivityAsync(GiveUpPayoutActivity.Name, plan.RemittanceId, Retry.Storage);
        return CollectionOutcome.Unresolved;
    }
}

/// <param name="Deadline">When staff take over. Part of the input, so that a changed setting does not change a running instance.</param>
public sealed record RemittancePlan(Guid RemittanceId, DateTimeOffset Deadline);

public enum CollectionOutcome
{
    /// <summary>Credited, refused, or on suspense.</summary>
    Settled,

    /// <summary>The deadline passed in silence: staff find out.</summary>
    Unresolved,
}
