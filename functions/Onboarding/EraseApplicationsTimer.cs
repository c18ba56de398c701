using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Onboarding;

namespace Serverless.Functions.Onboarding;

/// <summary>Every night: what the bank may not keep any longer (ONB-27, ONB-32).</summary>
public sealed class EraseApplicationsTimer(EraseDueApplications erase, TimeProvider time)
{
    [Function("Onboarding_EraseApplications")]
    public Task RunAsync([TimerTrigger("%OnboardingEraseSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        erase.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
