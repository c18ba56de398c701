using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Fx;

namespace Serverless.Workflows.PreferentialRates;

/// <summary>Starts and wakes the workflow of a request for a preferential rate.</summary>
public sealed class StartRateRequest
{
    public static string InstanceId(Guid request) => request.ToString("N");

    /// <returns>The request itself.</returns>
    public async Task<Result<RateRequest>> OfAsync(DurableTaskClient client, RateRequest request)
    {
        await MissingAsync(client, [request.Id], CancellationToken.None);
        return request;
    }

    /// <summary>Starts the workflow of each that has none at work.</summary>
    public async Task MissingAsync(DurableTaskClient client, IReadOnlyList<Guid> open, CancellationToken cancellation)
    {
        foreach (var request in open)
        {
            if (await client.GetInstanceAsync(InstanceId(request), cancellation) is { IsCompleted: false })
                continue;

            try
            {
                await client.ScheduleNewOrchestrationInstanceAsync(
                    RateRequestOrchestrator.Name, request, new StartOrchestrationOptions(InstanceId(request)), cancellation);
            }
            catch (OrchestrationAlreadyExistsException)
            {
                // Started between the look and the start, by the sweeper or a retry.
            }
        }
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public async Task<Result<RateRequest>> WakeAsync(DurableTaskClient client, RateRequest request)
    {
        if (await client.GetInstanceAsync(InstanceId(request.Id), CancellationToken.None) is not { IsCompleted: false })
            return request;
        try
        {
            await client.RaiseEventAsync(InstanceId(request.Id), RateRequestOrchestrator.Changed, true, CancellationToken.None);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound)
        {
            // It ended between the look and the event: somebody else's news was the last.
        }

        return request;
    }
}
