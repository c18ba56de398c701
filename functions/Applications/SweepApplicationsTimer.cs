using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Applications;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

/// <summary>Starts again what a killed process left open.</summary>
public sealed class SweepApplicationsTimer(ListOpenApplications open, StartApplication workflow)
{
    [Function("Applications_Sweep")]
    public async Task RunAsync([TimerTrigger("%ApplicationsSweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await workflow.MissingAsync(client, await open.RunAsync(cancellation), cancellation);
}
