using Microsoft.DurableTask.Client;
using Serverless.Functions.Desk;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Fx;

internal sealed class RateRequestAtDesk(StartRateRequest workflow) : IDeskWorkflow
{
    public string Kind => "preferential_rate";

    public Task WakeAsync(DurableTaskClient client, Guid caseId, CancellationToken cancellation) =>
        workflow.WakeAsync(client, caseId, cancellation);
}
