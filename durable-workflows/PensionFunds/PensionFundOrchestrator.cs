using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Serverless.Banking.PensionFunds;

namespace Serverless.Workflows.PensionFunds;

/// <summary>Sees an application for a pension fund from its first line to the signed contract, or to the money back on the account (LDP-13 to LDP-16).</summary>
/// <remarks>
/// Instance id: the fund's. Input and history hold that id, states and times only. What is entered, confirmed, contacted or signed stands in the fund; this passes it on to the company, alerts the
/// back office after 48 hours, reminds, and ends what nobody signs. Events only wake: early, late, twice or for an application that is over they change nothing.
/// </remarks>
public static class PensionFundOrchestrator
{
    public const string Name = "PensionFund";

    [Function(Name)]
    public static Task<FundState?> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context, Guid fund) =>
        context.SeeThroughAsync<FundState>(AdvanceFundActivity.Name, fund);
}
