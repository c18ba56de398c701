using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;

namespace Serverless.Workflows.PreferentialRates;

public sealed class AdvanceRateRequestActivity(AdvanceRateRequest advance)
{
    public const string Name = "PreferentialRates_Advance";

    [Function(Name)]
    public async Task<Standing<RateRequestState>> RunAsync([ActivityTrigger] Guid request, CancellationToken cancellation) =>
        Standings.Of(await advance.RunAsync(request, cancellation));
}
