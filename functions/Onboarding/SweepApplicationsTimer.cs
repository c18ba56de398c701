using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Onboarding;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Onboarding;

/// <summary>Starts again what a killed process left open.</summary>
public sealed class SweepApplicationsTimer(ListOpenApplications open, StartOnboarding workflow)
{
    [Function("Onboarding_SweepApplications")]
    public async Task RunAsync([TimerTrigger("%OnboardingSweepSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await workflow.MissingAsync(client, await open.RunAsync(cancellation), cancellation);
}
