using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Messages;
using Serverless.Banking.Notifications;

namespace Serverless.Functions.Notifications;

/// <summary>Hands a notice to its gateway; a gateway out of order fails the message, which comes again.</summary>
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
