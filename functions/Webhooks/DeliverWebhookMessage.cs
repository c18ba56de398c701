using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Messages;
using Serverless.Banking.Webhooks;

namespace Serverless.Functions.Webhooks;

/// <summary>Tells one endpoint of one event. One that does not answer is tried again by the sweep, not by the message at once.</summary>
public sealed class DeliverWebhookMessage(DeliverWebhook deliver)
{
    [Function("Webhooks_Deliver")]
    public Task RunAsync([ServiceBusTrigger(WorkQueues.WebhookDeliveries, Connection = "ServiceBus")] WebhookDue due, CancellationToken cancellation) =>
        deliver.RunAsync(due, cancellation);
}
