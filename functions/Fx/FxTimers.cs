using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;

namespace Serverless.Functions.Fx;

/// <summary>Every hour, because the feed may be late: a business day without a board gets one from the feed.</summary>
public sealed class ImportRatesTimer(ImportBoard import)
{
    [Function("Fx_ImportRates")]
    public Task RunAsync([TimerTrigger("%FxImportRatesSchedule%")] TimerInfo timer, CancellationToken cancellation) => import.RunAsync(cancellation);
}

/// <summary>In the morning and later: the treasury is written to once for each business day without rates (FX-22).</summary>
public sealed class AlertStaleRatesTimer(AlertStaleRates alert)
{
    [Function("Fx_AlertStaleRates")]
    public Task RunAsync([TimerTrigger("%FxAlertStaleRatesSchedule%")] TimerInfo timer, CancellationToken cancellation) => alert.RunAsync(cancellation);
}
