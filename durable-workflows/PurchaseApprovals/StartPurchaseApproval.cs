using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
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
        if (approval is not { Purchase: not null, ExpiresAt: { } deadline } || await client.GetInstanceAsync(InstanceId(approval.Id), cancellation) is not null)
            return;
        var isOver = approval.State == ApprovalState.Expired;
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(
                PurchaseApprovalOrchestrator.Name,
                new PurchaseApprovalPlan(approval.Customer.Value, approval.Id.Value, isOver ? approval.CreatedAt.ToDateTimeOffset() : deadline.ToDateTimeOffset()),
                new StartOrchestrationOptions(InstanceId(approval.Id)),
                cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Started between the look and the start, by the same webhook sent twice.
        }
    }

    /// <summary>Tells the workflow that there is a decision; one that has ended needs none.</summary>
    public async Task WakeAsync(DurableTaskClient client, Approval approval, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(InstanceId(approval.Id), cancellation) is { IsCompleted: false })
            await client.RaiseEventAsync(InstanceId(approval.Id), PurchaseApprovalOrchestrator.Decided, true, cancellation);
    }
}
