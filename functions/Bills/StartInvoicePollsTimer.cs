using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;

namespace Serverless.Functions.Bills;

public sealed class StartInvoicePollsTimer(StartInvoicePolls start)
{
    [Function("Bills_StartInvoicePolls")]
    public Task RunAsync([TimerTrigger("%BillsStartInvoicePollsSchedule%")] TimerInfo timer, CancellationToken cancellation) => start.RunAsync(cancellation);
}
