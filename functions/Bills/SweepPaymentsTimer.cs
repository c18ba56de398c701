using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking.Bills;
using Serverless.Workflows.BillPayments;

namespace Serverless.Functions.Bills;

public sealed class SweepPaymentsTimer(SweepPayments sweep, StartSettlement settlement)
{
    [Function("Bills_SweepPayments")]
    public async Task RunAsync(
        [TimerTrigger("%BillsSweepPaymentsSchedule%")] TimerInfo timer, [DurableClient] DurableTaskClient client, CancellationToken cancellation) =>
        await settlement.MissingAsync(client, await sweep.RunAsync(cancellation), cancellation);
}
