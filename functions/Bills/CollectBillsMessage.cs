using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Bills;
using Serverless.Banking.Messages;
using Serverless.Workflows.BillPayments;

namespace Serverless.Functions.Bills;

/// <summary>One authorisation on its day. A company that is away leaves it due for the timer's next run.</summary>
public sealed class CollectBillsMessage(CollectBills collect, StartSettlement settlement)
{
    [Function("Bills_Collect")]
    public async Task RunAsync(
        [ServiceBusTrigger(WorkQueues.BillCollections, Connection = "ServiceBus")] CollectionDue due,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellation)
    {
        var pending = await collect.RunAsync(due, cancellation);
        if (pending.IsSuccess)
            await settlement.MissingAsync(client, pending.Value, cancellation);
    }
}
