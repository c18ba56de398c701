using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Insurance;
using Serverless.Workflows.InsurancePurchases;

namespace Serverless.Functions.Insurance;

/// <summary>Starts again what a killed process left open.</summary>
public sealed class SweepPurchasesTimer(ListOpenPurchases open, StartInsurancePurchase workflow)
{
    [Function("Insurance_SweepPurchases")]
    public async Task RunAsync(
        [TimerTrigger("%InsuranceSweepPurchasesSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await workflow.MissingAsync(client, await open.RunAsync(cancellation), cancellation);
}
