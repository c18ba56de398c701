using Microsoft.DurableTask.Client;
using Serverless.Banking.CustomerApprovals;

namespace Serverless.Workflows.PurchaseApprovals;

/// <summary>Starts and wakes the workflow of a card purchase.</summary>
public sealed class StartPurchaseApproval
{
    public static string InstanceId(ApprovalId approval) => approval.Value.ToString("N");

    /// <summary>Once per approval; a finished one is not started over.</summary>
    public async Task RunAsync(DurableTaskClient client, Approval approval, CancellationToken cancellation)
    {
        if (approval is not { Purchase: not null, ExpiresAt: { } deadline })
            return;
        var isOver = approval.State == ApprovalState.Expired;
        await client.StartOnceAsync(
            PurchaseApprovalOrchestrator.Name, InstanceId(approval.Id),
            new PurchaseApprovalPlan(approval.Customer.Value, approval.Id.Value, isOver ? approval.CreatedAt.ToDateTimeOffset() : deadline.ToDateTimeOffset()),
            cancellation);
    }

    /// <summary>Tells the workflow that there is a decision; one that has ended needs none.</summary>
    public Task WakeAsync(DurableTaskClient client, Approval approval, CancellationToken cancellation) =>
        client.WakeAsync(InstanceId(approval.Id), PurchaseApprovalOrchestrator.Decided, cancellation);
}
