using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Insurance;

namespace Serverless.Functions.Insurance;

public sealed class EraseOffersTimer(EraseInsuranceOffers erase, TimeProvider time)
{
    [Function("Insurance_EraseOffers")]
    public Task RunAsync([TimerTrigger("%InsuranceEraseOffersSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        erase.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
