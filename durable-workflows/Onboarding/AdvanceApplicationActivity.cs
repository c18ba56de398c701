using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Onboarding;

namespace Serverless.Workflows.Onboarding;

public sealed class AdvanceApplicationActivity(AdvanceApplication advance)
{
    public const string Name = "Onboarding_Advance";

    [Function(Name)]
    public async Task<Standing<OnboardingState>> RunAsync([ActivityTrigger] Guid application, CancellationToken cancellation) =>
        await advance.RunAsync(application, cancellation) is { } progress
            ? new Standing<OnboardingState>(progress.State, progress.IsFinal, progress.Wake?.ToDateTimeOffset())
            : new Standing<OnboardingState>(null, true, null);
}
