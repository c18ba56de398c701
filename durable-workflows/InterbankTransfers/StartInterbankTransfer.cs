using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Interbank;
using Serverless.Banking.Transfers;

namespace Serverless.Workflows.InterbankTransfers;

/// <summary>Starts and wakes the workflow of a transfer to another bank.</summary>
/// <remarks>Instance id: the transfer's.</remarks>
public sealed class StartInterbankTransfer(IOptions<InterbankOptions> options)
{
    public static string InstanceId(TransferId transfer) => transfer.Value.ToString("N");

    /// <returns>The order itself.</returns>
    public async Task<Result<InterbankOrder>> OfAsync(DurableTaskClient client, InterbankOrder order)
    {
        await MissingAsync(client, [order.Id], CancellationToken.None);
        return order;
    }

    /// <summary>Starts the workflow of each that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<TransferId> open, CancellationToken cancellation)
    {
        foreach (var transfer in open)
            await client.StartMissingAsync(InterbankTransferOrchestrator.Name, InstanceId(transfer), new InterbankPlan(transfer.Value, options.Value.AnswerDeadline), cancellation);
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public Task WakeAsync(DurableTaskClient client, TransferId transfer, string eventName, CancellationToken cancellation) =>
        client.WakeAsync(InstanceId(transfer), eventName, cancellation);
}
