using DurableTask.Core.Exceptions;
using Grpc.Core;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;

namespace Serverless.Workflows;

/// <summary>Starting and waking instances whose ids are derived from what they carry on.</summary>
internal static class Instances
{
    /// <summary>Starts it unless one is at work; one that has ended is started over.</summary>
    public static async Task StartMissingAsync(this DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(instanceId, cancellation) is not { IsCompleted: false })
            await client.StartAsync(orchestrator, instanceId, input, cancellation);
    }

    /// <summary>Starts it unless there has ever been one.</summary>
    public static async Task StartOnceAsync(this DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(instanceId, cancellation) is null)
            await client.StartAsync(orchestrator, instanceId, input, cancellation);
    }

    /// <summary>Tells it that there is news; one that has ended needs none.</summary>
    public static async Task WakeAsync(this DurableTaskClient client, string instanceId, string eventName, CancellationToken cancellation)
    {
        if (await client.GetInstanceAsync(instanceId, cancellation) is not { IsCompleted: false })
            return;
        try
        {
            await client.RaiseEventAsync(instanceId, eventName, true, cancellation);
        }
        catch (RpcException e) when (e.StatusCode is StatusCode.FailedPrecondition or StatusCode.NotFound)
        {
            // It ended between the look and the event: somebody else's news was the last.
        }
    }

    private static async Task StartAsync(this DurableTaskClient client, string orchestrator, string instanceId, object input, CancellationToken cancellation)
    {
        try
        {
            await client.ScheduleNewOrchestrationInstanceAsync(orchestrator, input, new StartOrchestrationOptions(instanceId), cancellation);
        }
        catch (OrchestrationAlreadyExistsException)
        {
            // Started between the look and the start, by the sweeper or a retry.
        }
    }
}
