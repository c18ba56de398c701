using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.SmartPay;

namespace Serverless.Functions.SmartPay;

/// <summary>Closes QR requests past their life, and carries through what a killed process left of their payments: every minute (QR-41).</summary>
public sealed class AdvanceQrRequestsTimer(AdvanceQrRequests advance, TimeProvider time)
{
    [Function("SmartPay_Advance")]
    public Task RunAsync([TimerTrigger("%SmartPayAdvanceSchedule%")] TimerInfo timer, CancellationToken cancellation) =>
        advance.RunAsync(Instant.FromDateTimeOffset(time.GetUtcNow()), cancellation);
}
