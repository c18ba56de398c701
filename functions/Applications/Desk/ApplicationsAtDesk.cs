using Microsoft.DurableTask.Client;
using Serverless.Functions.Desk;
using Serverless.Workflows.Applications;

namespace Serverless.Functions.Applications;

internal abstract class ApplicationsAtDesk(StartApplication workflow, string kind) : IDeskWorkflow
{
    public string Kind => kind;

    public Task WakeAsync(DurableTaskClient client, Guid caseId, CancellationToken cancellation) => workflow.WakeAsync(client, caseId);
}

internal sealed class CardsAtDesk(StartApplication workflow) : ApplicationsAtDesk(workflow, "card_application");

internal sealed class OverdraftsAtDesk(StartApplication workflow) : ApplicationsAtDesk(workflow, "overdraft_application");
