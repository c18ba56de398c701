using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Cancellations;

namespace Serverless.Workflows.Cancellations;

/// <summary>Sees a request to cancel a payment to its end: the contact centre is told, reminded, and whoever has to answer does so before a deadline (EKL-28).</summary>
/// <remarks>
/// Instance id: the request's. Input and history hold ids and times only. What is decided stands in the request and is carried out by whoever decides; this is
/// who takes up what was cut short, and whose clock ends what nobody answers. Events only wake.
/// </remarks>
public static class CancellationOrchestrator
{
    public const string Name = "Cancellation";

    [Function(Name)]
    public static Task<CancellationState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, CancellationTarget target) =>
        context.SeeThroughAsync<CancellationState>(AdvanceCancellationActivity.Name, target);
}

/// <summary>Which request: what the history keeps.</summary>
public sealed record CancellationTarget(string Customer, Guid Number);
