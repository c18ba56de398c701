using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Profile;

namespace Serverless.Functions.Profile;

public sealed class AdvanceProfilesTimer(AdvanceProfiles advance, TimeProvider time)
{
    [Function("Profile_Advance")]
    public Task RunAsync([TimerTrigger("%ProfilesAdvanceSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        advance.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
