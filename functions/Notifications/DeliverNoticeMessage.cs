using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;

namespace Serverless.Functions.Notifications;

/// <summary>Hands a notice to its gateway. One that is out of order is asked again by the sweep, minute by minute, not by the message at once.</summary>
public sealed class DeliverNoticeMessage(DeliverNotice deliver)
{
    [Function("Notifications_Deliver")]
    public async Task RunAsync(
        [ServiceBusTrigger(WorkQueues.Notices, Connection = "ServiceBus")] NoticeDue due, CancellationToken cancellation)
    {
        // A message that is none of ours has nothing to deliver and would only come again.
        if (NoticeId.Find(due.NoticeId) is { } id)
            await deliver.RunAsync(id, cancellation);
    }
}
