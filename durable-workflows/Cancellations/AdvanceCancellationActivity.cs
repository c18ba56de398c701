using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Cancellations;

namespace Serverless.Workflows.Cancellations;

public sealed class AdvanceCancellationActivity(AdvanceCancellation advance)
{
    public const string Name = "Cancellations_Advance";

    [Function(Name)]
    public async Task<Standing<CancellationState>> RunAsync([ActivityTrigger] CancellationTarget target, CancellationToken cancellation) =>
        Standings.Of(await advance.RunAsync(CustomerId.Of(target.Customer), target.Number, cancellation));
}
