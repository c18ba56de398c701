using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Onboarding;

namespace Serverless.Workflows.Onboarding;

/// <summary>Sees an application to become a customer from its opening to its end (ONB-09): reminders and deadlines, what became of a video session, an account whose creation was cut short.</summary>
/// <remarks>
/// Instance id: the application's. Input and history hold that id, states and times only. What the applicant says, the provider tells and compliance decides stands in the application and
/// is carried out by whoever brings it; this is who takes up what was cut short, and whose clock ends what nobody does (ONB-27).
/// </remarks>
public static class OnboardingOrchestrator
{
    public const string Name = "Onboarding";

    [Function(Name)]
    public static Task<OnboardingState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid application) =>
        context.SeeThroughAsync<OnboardingState>(AdvanceApplicationActivity.Name, application);
}
