using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;

namespace Serverless.Workflows.InterbankTransfers;

public sealed class GiveUpInterbankOrderActivity(GiveUpInterbankOrder giveUp)
{
    public const string Name = "InterbankTransfers_GiveUp";

    [Function(Name)]
    public Task RunAsync([ActivityTrigger] Guid transfer, CancellationToken cancellation) =>
        giveUp.RunAsync(new TransferId(transfer), cancellation);
}
