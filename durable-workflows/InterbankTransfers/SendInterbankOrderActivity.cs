using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;

namespace Serverless.Workflows.InterbankTransfers;

public sealed class SendInterbankOrderActivity(SendInterbankOrder send)
{
    public const string Name = "InterbankTransfers_Send";

    [Function(Name)]
    public Task<InterbankOrderState?> RunAsync([ActivityTrigger] Guid transfer, CancellationToken cancellation) =>
        send.RunAsync(new TransferId(transfer), cancellation);
}
