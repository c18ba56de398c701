using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Webhooks;

namespace Serverless.Functions.Webhooks;

public sealed class SweepWebhooksTimer(SweepWebhooks sweep)
{
    [Function("Webhooks_Sweep")]
    public Task RunAsync([TimerTrigger("%WebhooksSweepSchedule%")] TimerInfo timer, CancellationToken cancellation) => sweep.RunAsync(cancellation);
}

public sealed class EraseOldWebhooksTimer(EraseOldWebhooks erase)
{
    [Function("Webhooks_EraseOld")]
    public Task RunAsync([TimerTrigger("%WebhooksEraseOldSchedule%")] TimerInfo timer, CancellationToken cancellation) => erase.RunAsync(cancellation);
}
