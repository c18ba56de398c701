using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Remittances;

namespace Serverless.Workflows.Remittances;

public sealed class GiveUpPayoutActivity(GiveUpPayout giveUp)
{
    public const string Name = "Remittances_GiveUpPayout";

    [Function(Name)]
    public Task RunAsync([ActivityTrigger] Guid remittance, CancellationToken cancellation) => giveUp.RunAsync(new RemittanceId(remittance), cancellation);
}
