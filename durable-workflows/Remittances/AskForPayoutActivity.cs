using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Remittances;

namespace Serverless.Workflows.Remittances;

public sealed class AskForPayoutActivity(AskForPayout ask)
{
    public const string Name = "Remittances_AskForPayout";

    /// <returns>True once nothing is left to ask.</returns>
    [Function(Name)]
    public async Task<bool> RunAsync([ActivityTrigger] Guid remittance, CancellationToken cancellation) =>
        await ask.RunAsync(new RemittanceId(remittance), cancellation)
            is null or RemittancePayoutState.Credited or RemittancePayoutState.Refused or RemittancePayoutState.Suspense;
}
