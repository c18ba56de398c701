using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;

namespace Serverless.Workflows.PurchaseApprovals;

/// <summary>Waits for the customer's answer about a card purchase until its deadline, then sees that the card server knows the outcome.</summary>
/// <remarks>
/// Instance id: the approval id. Input holds ids and the deadline only. The event only wakes: what was decided stands in the approval, so it may come early, late,
/// twice or never.
/// </remarks>
public static class PurchaseApprovalOrchestrator
{
    public const string Name = "PurchaseApproval";

    /// <summary>The customer has decided.</summary>
    public const string Decided = "Decided";

    [Function(Name)]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, PurchaseApprovalPlan plan)
    {
        if (plan.Deadline.UtcDateTime > context.CurrentUtcDateTime)
            await context.WaitAsync(Decided, plan.Deadline.UtcDateTime);
        await context.CallActivityAsync(SettlePurchaseActivity.Name, new PurchaseApprovalRef(plan.Customer, plan.Approval), Retry.Storage);
    }
}

/// <param name="Customer">What the history keeps; merchant and amount stay in tables.</param>
public sealed record PurchaseApprovalPlan(string Customer, Guid Approval, DateTimeOffset Deadline);

public sealed record PurchaseApprovalRef(string Customer, Guid Approval);
