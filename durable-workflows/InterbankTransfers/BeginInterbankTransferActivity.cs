using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;

namespace Serverless.Workflows.InterbankTransfers;

public sealed class BeginInterbankTransferActivity(BeginInterbankOrder begin)
{
    public const string Name = "InterbankTransfers_Begin";

    [Function(Name)]
    public async Task<InterbankStep> RunAsync([ActivityTrigger] Guid transfer, CancellationToken cancellation) =>
        InterbankStep.From(await begin.RunAsync(new TransferId(transfer), cancellation));
}
