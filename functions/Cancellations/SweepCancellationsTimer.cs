using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Cancellations;
using Serverless.Workflows.Cancellations;

namespace Serverless.Functions.Cancellations;

/// <summary>Starts again what a killed process left open.</summary>
public sealed class SweepCancellationsTimer(ListOpenCancellations open, StartCancellation workflow)
{
    [Function("Cancellations_Sweep")]
    public async Task RunAsync(
        [TimerTrigger("%CancellationsSweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await workflow.MissingAsync(client, await open.RunAsync(cancellation), cancellation);
}
