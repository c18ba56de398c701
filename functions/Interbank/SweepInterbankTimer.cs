using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Interbank;
using Serverless.Workflows.InterbankTransfers;

namespace Serverless.Functions.Interbank;

/// <summary>Starts again what a killed process left open, and sends back what no account could take.</summary>
public sealed class SweepInterbankTimer(ListOpenOrders open, StartInterbankTransfer workflow, ReturnIncoming returns)
{
    [Function("Interbank_Sweep")]
    public async Task RunAsync(
        [TimerTrigger("%InterbankSweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
    {
        await workflow.MissingAsync(client, await open.RunAsync(cancellation), cancellation);
        await returns.RunAsync(cancellation);
    }
}
