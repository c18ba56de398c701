using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;

namespace Serverless.Functions.Fx;

/// <summary>In the morning and later: the treasury is written to once for each business day without rates (FX-22).</summary>
public sealed class AlertStaleRatesTimer(AlertStaleRates alert)
{
    [Function("Fx_AlertStaleRates")]
    public Task RunAsync([TimerTrigger("%FxAlertStaleRatesSchedule%")] TimerInfo timer, CancellationToken cancellation) => alert.RunAsync(cancellation);
}
