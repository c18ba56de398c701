using Microsoft.DurableTask.Client;

namespace Serverless.Functions.Desk;

/// <summary>Wakes the workflow of a case after a decision. Registered beside the capability's queue, one for each kind of case.</summary>
public interface IDeskWorkflow
{
    /// <summary>The kind of its cases.</summary>
    string Kind { get; }

    Task WakeAsync(DurableTaskClient client, Guid caseId, CancellationToken cancellation);
}
