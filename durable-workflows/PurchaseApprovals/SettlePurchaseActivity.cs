using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.CustomerApprovals;

namespace Serverless.Workflows.PurchaseApprovals;

public sealed class SettlePurchaseActivity(SettleApproval settle)
{
    public const string Name = "PurchaseApprovals_Settle";

    /// <exception cref="InvalidOperationException">The card server did not take the outcome: the activity is retried, and the timer tries too.</exception>
    [Function(Name)]
    public async Task RunAsync([ActivityTrigger] PurchaseApprovalRef about, CancellationToken cancellation)
    {
        if (!await settle.RunAsync(CustomerId.Of(about.Customer), new ApprovalId(about.Approval), cancellation))
            throw new InvalidOperationException($"The card server has not taken the outcome of approval {about.Approval}.");
    }
}
