using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Insurance;

namespace Serverless.Workflows.InsurancePurchases;

/// <summary>Starts and wakes the workflow of a purchase.</summary>
/// <remarks>Instance id: the purchase's.</remarks>
public sealed class StartInsurancePurchase
{
    public static string InstanceId(Guid purchase) => purchase.ToString("N");

    /// <returns>The purchase itself.</returns>
    public async Task<Result<PolicyPurchase>> OfAsync(DurableTaskClient client, PolicyPurchase purchase)
    {
        if (!purchase.IsFinal)
            await MissingAsync(client, [purchase.Id], CancellationToken.None);
        return purchase;
    }

    /// <summary>Starts the workflow of each that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<Guid> open, CancellationToken cancellation)
    {
        foreach (var purchase in open)
            await client.StartMissingAsync(InsurancePurchaseOrchestrator.Name, InstanceId(purchase), purchase, cancellation);
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public Task WakeAsync(DurableTaskClient client, Guid purchase, CancellationToken cancellation) =>
        client.WakeAsync(InstanceId(purchase), Course.Changed, cancellation);
}
