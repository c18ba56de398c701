using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;

namespace Serverless.Functions.Applications;

/// <summary>Applications that came to nothing are not kept for ever.</summary>
public sealed class EraseApplicationsTimer(EraseApplications erase)
{
    [Function("Applications_Erase")]
    public Task RunAsync([TimerTrigger("%ApplicationsEraseSchedule%")] TimerInfo timer, CancellationToken cancellation) => erase.RunAsync(cancellation);
}
