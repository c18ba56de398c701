using Microsoft.DurableTask.Client;
using Serverless.Functions.Desk;
using Serverless.Workflows.Onboarding;

namespace Serverless.Functions.Onboarding;

internal sealed class OnboardingAtDesk(StartOnboarding workflow) : IDeskWorkflow
{
    public string Kind => "onboarding";

    public async Task WakeAsync(DurableTaskClient client, Guid caseId, CancellationToken cancellation) => await workflow.WakeAsync(client, caseId, caseId);
}
