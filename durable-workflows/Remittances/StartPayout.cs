using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Options;
using Serverless.Banking;
using Serverless.Banking.Remittances;

namespace Serverless.Workflows.Remittances;

/// <summary>Starts the workflow that asks the remitter about a payout it has not confirmed yet.</summary>
/// <remarks>Instance id: the remittance's. No remittance that is confirmed at once has an instance.</remarks>
public sealed class StartPayout(IOptions<RemittancesOptions> options, TimeProvider time)
{
    public static string InstanceId(RemittanceId remittance) => remittance.Value.ToString("N");

    /// <returns>The remittance itself.</returns>
    public async Task<Result<Remittance>> IfOpenAsync(DurableTaskClient client, Remittance remittance)
    {
        if (remittance.State is RemittancePayoutState.Pending or RemittancePayoutState.Confirmed)
            await MissingAsync(client, [remittance.Id], CancellationToken.None);
        return remittance;
    }

    /// <summary>Starts the workflow of each that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<RemittanceId> open, CancellationToken cancellation)
    {
        foreach (var remittance in open)
        {
            var plan = new RemittancePlan(remittance.Value, time.GetUtcNow() + options.Value.PayoutDeadline);
            await client.StartMissingAsync(CollectRemittanceOrchestrator.Name, InstanceId(remittance), plan, cancellation);
        }
    }
}
