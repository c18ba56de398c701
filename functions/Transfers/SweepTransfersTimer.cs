using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;

namespace Serverless.Functions.Transfers;

public sealed class SweepTransfersTimer(SweepTransfers sweep)
{
    [Function("Transfers_Sweep")]
    public Task RunAsync([TimerTrigger("%TransfersSweepSchedule%")] TimerInfo timer, CancellationToken cancellation) => sweep.RunAsync(cancellation);
}
