using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;

namespace Serverless.Functions.Fx;

/// <summary>Every hour, because the feed may be late: a business day without a board gets one from the feed.</summary>
public sealed class ImportRatesTimer(ImportBoard import)
{
    [Function("Fx_ImportRates")]
    public Task RunAsync([TimerTrigger("%FxImportRatesSchedule%")] TimerInfo timer, CancellationToken cancellation) => import.RunAsync(cancellation);
}
