using DurableTask.Core.Exceptions;
using Microsoft.DurableTask;
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
        {
            if (await client.GetInstanceAsync(InstanceId(request), cancellation) is { IsCompleted: false })
                continue;

            try
            {
                await client.ScheduleNewOrchestrationInstanceAsync(
                    CancellationOrchestrator.Name, new CancellationTarget(request.Customer.Value, request.Number),
                    new StartOrchestrationOptions(InstanceId(request)), cancellation);
            }
            catch (OrchestrationAlreadyExistsException)
            {
                // Started between the look and the start, by the sweeper or a retry.
            }
        }
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public async Task<Result<Cancellation>> WakeAsync(DurableTaskClient client, Cancellation request)
    {
        if (await client.GetInstanceAsync(InstanceId(request), CancellationToken.None) is { IsCompleted: false })
            await client.RaiseEventAsync(InstanceId(request), CancellationOrchestrator.Changed, true, CancellationToken.None);
        return request;
    }
}
