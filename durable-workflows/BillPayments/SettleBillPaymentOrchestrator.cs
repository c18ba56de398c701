using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Serverless.Workflows.BillPayments;

/// <summary>Asks a company again and again what became of a pending payment, until it answers or staff have to.</summary>
/// <remarks>
/// Instance id: the payment id. Activities call banking operations, which are idempotent by that id, so each may run twice. A webhook
/// may settle the payment meanwhile: the next question finds that out.
/// </remarks>
public static class SettleBillPaymentOrchestrator
{
    public const string Name = "SettleBillPayment";

    /// <summary>Before the second question; doubled for each further one.</summary>
    public static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(5);

    public static readonly TimeSpan LongestPause = TimeSpan.FromHours(1);

    [Function(Name)]
    public static async Task<SettlementOutcome> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, SettlementPlan plan)
    {
        for (var pause = FirstPause; ; pause = Double(pause))
        {
            if (await context.CallActivityAsync<bool>(AskForSettlementActivity.Name, plan.PaymentId, Retry.Storage))
                return SettlementOutcome.Settled;

            var next = context.CurrentUtcDateTime + pause;
            if (next >= plan.Deadline.UtcDateTime)
                break;
            await context.CreateTimer(next, CancellationToken.None);
        }

        await context.CallActivityAsync(GiveUpSettlementActivity.Name, plan.PaymentId, Retry.Storage);
        return SettlementOutcome.Unresolved;
    }

    private static TimeSpan Double(TimeSpan pause) => pause * 2 < LongestPause ? pause * 2 : LongestPause;
}

public enum SettlementOutcome
{
    /// <summary>Paid, or failed and the money given back.</summary>
    Settled,

    /// <summary>The deadline passed in silence: staff find out.</summary>
    Unresolved,
}
