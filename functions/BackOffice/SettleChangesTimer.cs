using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Approvals;

namespace Serverless.Functions.BackOffice;

/// <summary>Carries out decided changes that a killed process left half done.</summary>
public sealed class SettleChangesTimer(SettleChanges settle)
{
    [Function("BackOffice_SettleChanges")]
    public Task RunAsync([TimerTrigger("15 * * * * *")] TimerInfo timer, CancellationToken cancellation) => settle.RunAsync(cancellation);
}
