using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Fx;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Fx;

/// <summary>Starts again what a killed process left open.</summary>
public sealed class SweepRateRequestsTimer(ListOpenRateRequests open, StartRateRequest workflow)
{
    [Function("Fx_SweepRateRequests")]
    public async Task RunAsync([TimerTrigger("%FxSweepRateRequestsSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await workflow.MissingAsync(client, await open.RunAsync(cancellation), cancellation);
}
