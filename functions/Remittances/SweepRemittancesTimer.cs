using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Remittances;
using Serverless.Workflows.Remittances;

namespace Serverless.Functions.Remittances;

/// <summary>Starts again what a killed process left open.</summary>
public sealed class SweepRemittancesTimer(ListOpenRemittances open, StartPayout payout)
{
    [Function("Remittances_Sweep")]
    public async Task RunAsync(
        [TimerTrigger("%RemittancesSweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await payout.MissingAsync(client, await open.RunAsync(cancellation), cancellation);
}
