using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Credentials;

namespace Serverless.Functions.Credentials;

/// <summary>Once a day: logins, codes, registrations and recoveries that expired more than a day ago.</summary>
public sealed class EraseExpiredProofsTimer(EraseExpiredProofs erase, TimeProvider time)
{
    [Function("Credentials_EraseExpiredProofs")]
    public Task RunAsync([TimerTrigger("%CredentialsEraseSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        erase.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
