using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;

namespace Serverless.Workflows.PreferentialRates;

public sealed class AdvanceRateRequestActivity(AdvanceRateRequest advance)
{
    public const string Name = "PreferentialRates_Advance";

    [Function(Name)]
    public async Task<Standing<RateRequestState>> RunAsync([ActivityTrigger] Guid request, CancellationToken cancellation) =>
        await advance.RunAsync(request, cancellation) is { } progress
            ? new Standing<RateRequestState>(progress.State, progress.IsFinal, progress.Wake?.ToDateTimeOffset())
            : new Standing<RateRequestState>(null, true, null);
}
