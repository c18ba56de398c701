using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.PensionFunds;

namespace Serverless.Workflows.PensionFunds;

/// <summary>The one step of an application for a fund: whatever is to be done now.</summary>
public sealed class AdvanceFundActivity(AdvanceFund advance)
{
    public const string Name = "PensionFunds_Advance";

    [Function(Name)]
    public async Task<Standing<FundState>> RunAsync([ActivityTrigger] Guid fund, CancellationToken cancellation) =>
        Standings.Of(await advance.RunAsync(fund, cancellation));
}
