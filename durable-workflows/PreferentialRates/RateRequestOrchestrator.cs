using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Fx;

namespace Serverless.Workflows.PreferentialRates;

/// <summary>Sees a request for a preferential rate from its submission to its end: the treasury and the customer are told and reminded, and the clock ends what nobody does (FX-11, FX-18).</summary>
/// <remarks>
/// Instance id: the request's. Input and history hold that id, states and times only. What is decided, cancelled or completed stands in the request and is carried out by
/// whoever does it; this is who takes up what was cut short. Events only wake: early, late, twice or for a request that is over they change nothing.
/// </remarks>
public static class RateRequestOrchestrator
{
    public const string Name = "PreferentialRate";

    [Function(Name)]
    public static Task<RateRequestState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid request) =>
        context.SeeThroughAsync<RateRequestState>(AdvanceRateRequestActivity.Name, request);
}
