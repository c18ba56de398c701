using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Deposits;
using Serverless.Banking.Messages;

namespace Serverless.Functions.Deposits;

public sealed class MatureDepositMessage(MatureDeposit mature)
{
    [Function("Deposits_Mature")]
    public Task RunAsync([ServiceBusTrigger(WorkQueues.DepositMaturities, Connection = "ServiceBus")] DepositDue due, CancellationToken cancellation) =>
        mature.RunAsync(due, cancellation);
}
