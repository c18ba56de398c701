using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Insurance;

namespace Serverless.Workflows.InsurancePurchases;

/// <summary>Sees a purchase of a policy from the order at the insurer to the booked premium and the policy's document, or to the money given back (PAY-17, PAY-45).</summary>
/// <remarks>
/// Instance id: the purchase's. Input and history hold that id, states and times only: who is insured stands in a table. What the insurer has said stands in the purchase; this takes it
/// up, asks, and ends what nobody answers. Events only wake: early, late, twice or for a purchase that is over they change nothing.
/// </remarks>
public static class InsurancePurchaseOrchestrator
{
    public const string Name = "InsurancePurchase";

    [Function(Name)]
    public static Task<PurchaseState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid purchase) =>
        context.SeeThroughAsync<PurchaseState>(AdvancePurchaseActivity.Name, purchase);
}
