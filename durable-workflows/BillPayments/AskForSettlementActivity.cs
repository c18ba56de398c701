using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;

namespace Serverless.Workflows.BillPayments;

public sealed class AskForSettlementActivity(AskForSettlement ask)
{
    public const string Name = "BillPayments_AskForSettlement";

    /// <returns>True once the payment is settled, by this answer or otherwise.</returns>
    [Function(Name)]
    public async Task<bool> RunAsync([ActivityTrigger] Guid payment, CancellationToken cancellation) =>
        await ask.RunAsync(new PaymentId(payment), cancellation) is null or PaymentState.Paid or PaymentState.Failed;
}
