using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Applications;
using Serverless.Workflows.Applications;

namespace Serverless.Workflows.CardApplications;

/// <summary>Sees an application for a credit card from its first line to the card in the customer's hand: the score, the desk, a lower limit, identification, signature, order (PROD-08 to PROD-21).</summary>
/// <remarks>
/// Instance id: the application's. Input and history hold that id, states and times only. What is entered, decided, proven or signed stands in the application; this takes
/// it up, reminds, and ends what nobody does. Events only wake: early, late, twice or for an application that is over they change nothing.
/// </remarks>
public static class CardApplicationOrchestrator
{
    public const string Name = "CardApplication";

    [Function(Name)]
    public static Task<ApplicationState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid application) =>
        context.SeeThroughAsync<ApplicationState>(AdvanceApplicationActivity.Name, application);
}
