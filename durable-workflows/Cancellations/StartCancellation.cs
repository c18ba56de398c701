using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Cancellations;

namespace Serverless.Workflows.Cancellations;

/// <summary>Starts and wakes the workflow of a request to cancel a payment.</summary>
public sealed class StartCancellation
{
    public static string InstanceId(Cancellation request) => request.Id.ToString("N");

    /// <returns>The request itself.</returns>
    public async Task<Result<Cancellation>> OfAsync(DurableTaskClient client, Cancellation request)
    {
        await MissingAsync(client, [request], CancellationToken.None);
        return request;
    }

    /// <summary>Starts the workflow of each that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<Cancellation> open, CancellationToken cancellation)
    {
        foreach (var request in open)
            await client.StartMissingAsync(CancellationOrchestrator.Name, InstanceId(request), new CancellationTarget(request.Customer.Value, request.Number), cancellation);
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public async Task<Result<Cancellation>> WakeAsync(DurableTaskClient client, Cancellation request)
    {
        await client.WakeAsync(InstanceId(request), Course.Changed, CancellationToken.None);
        return request;
    }
}
