using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Messages;
using Serverless.Banking.Transfers;

namespace Serverless.Functions.Transfers;

/// <summary>One standing transfer, for every due date that has come.</summary>
public sealed class ExecutePeriodicTransferMessage(ExecutePeriodicTransfer execute)
{
    [Function("PeriodicTransfers_Execute")]
    public Task RunAsync(
        [ServiceBusTrigger(WorkQueues.PeriodicTransfers, Connection = "ServiceBus")] PeriodicTransferDue due, CancellationToken cancellation) =>
        execute.RunAsync(due, cancellation);
}
