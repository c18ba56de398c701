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
            await client.StartMissingAsync(RateRequestOrchestrator.Name, InstanceId(request), request, cancellation);
    }

    /// <summary>Tells a workflow that there is news; one that has ended needs none.</summary>
    public async Task<Result<RateRequest>> WakeAsync(DurableTaskClient client, RateRequest request)
    {
        await client.WakeAsync(InstanceId(request.Id), Course.Changed, CancellationToken.None);
        return request;
    }
}
