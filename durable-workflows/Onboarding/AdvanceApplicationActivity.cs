using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Onboarding;

namespace Serverless.Workflows.Onboarding;

public sealed class AdvanceApplicationActivity(AdvanceApplication advance)
{
    public const string Name = "Onboarding_Advance";

    [Function(Name)]
    public async Task<Standing<OnboardingState>> RunAsync([ActivityTrigger] Guid application, CancellationToken cancellation) =>
        Standings.Of(await advance.RunAsync(application, cancellation));
}
