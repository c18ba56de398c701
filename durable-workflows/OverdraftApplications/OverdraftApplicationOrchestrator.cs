using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.Applications;
using Serverless.Workflows.Applications;

namespace Serverless.Workflows.OverdraftApplications;

/// <summary>Sees an application for an overdraft from its first line to the limit on the account: the score, the desk, the customer's answer to a lower limit (PROD-27).</summary>
/// <remarks>
/// Instance id: the application's. Input and history hold that id, states and times only. What is entered, decided or answered stands in the application; this takes it up,
/// reminds, and ends what nobody does. Events only wake: early, late, twice or for an application that is over they change nothing.
/// </remarks>
public static class OverdraftApplicationOrchestrator
{
    public const string Name = "OverdraftApplication";

    [Function(Name)]
    public static Task<ApplicationState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid application) =>
        context.SeeThroughAsync<ApplicationState>(AdvanceApplicationActivity.Name, application);
}
