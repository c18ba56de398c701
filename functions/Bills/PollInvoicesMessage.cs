using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Banking.Messages;

namespace Serverless.Functions.Bills;

public sealed class PollInvoicesMessage(PollInvoices poll)
{
    [Function("Bills_PollInvoices")]
    public Task RunAsync([ServiceBusTrigger(WorkQueues.InvoicePolls, Connection = "ServiceBus")] InvoicePoll batch, CancellationToken cancellation) =>
        poll.RunAsync(batch, cancellation);
}
