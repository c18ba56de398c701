using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Insurance;

namespace Serverless.Workflows.InsurancePurchases;

public sealed class AdvancePurchaseActivity(AdvancePurchase advance)
{
    public const string Name = "InsurancePurchases_Advance";

    [Function(Name)]
    public async Task<Standing<PurchaseState>> RunAsync([ActivityTrigger] Guid purchase, CancellationToken cancellation) =>
        Standings.Of(await advance.RunAsync(purchase, cancellation));
}
