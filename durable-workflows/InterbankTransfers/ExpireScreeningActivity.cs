using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;

namespace Serverless.Workflows.InterbankTransfers;

public sealed class ExpireScreeningActivity(ExpireScreening expire)
{
    public const string Name = "InterbankTransfers_ExpireScreening";

    [Function(Name)]
    public async Task<InterbankStep> RunAsync([ActivityTrigger] Guid transfer, CancellationToken cancellation) =>
        InterbankStep.From(await expire.RunAsync(new TransferId(transfer), cancellation));
}
