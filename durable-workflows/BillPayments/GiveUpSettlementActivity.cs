using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;

namespace Serverless.Workflows.BillPayments;

public sealed class GiveUpSettlementActivity(GiveUpSettlement giveUp)
{
    public const string Name = "BillPayments_GiveUpSettlement";

    [Function(Name)]
    public Task RunAsync([ActivityTrigger] Guid payment, CancellationToken cancellation) => giveUp.RunAsync(new PaymentId(payment), cancellation);
}
