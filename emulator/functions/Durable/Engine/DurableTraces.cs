using System.Diagnostics;
using Microsoft.DurableTask.Client;
using Serverless.Emulator.Durable.Storage;

namespace Serverless.Emulator.Durable.Engine;

/// <summary>The spans of orchestrations, named as the Durable extension names them; what starts an orchestration gives it its trace.</summary>
/// <remarks>
/// Activities and children hang on the span that created the orchestration: an orchestration's own span is made when it has ended, since a process may end before it does.
/// </remarks>
internal static class DurableTraces
{
    private static readonly ActivitySource Source = new("DurableTask.Core");

    public static Activity? Creation(string name, string instanceId) => Start("create_orchestration", "orchestration", name, instanceId, ActivityKind.Producer, default);

    public static Activity? OfActivity(string name, InstanceRow row) => Start("activity", "activity", name, row.InstanceId, ActivityKind.Server, ContextOf(row));

    /// <param name="now">By the clock that dated the beginning.</param>
    public static void Tell(InstanceRow ended, DateTimeOffset now)
    {
        if (!Source.HasListeners())
            return;
        using var span = Source.StartActivity($"orchestration:{ended.Name}", ActivityKind.Server, ContextOf(ended), startTime: ended.CreatedAt);
        Describe(span, "orchestration", ended.Name, ended.InstanceId)?.SetTag("durabletask.task.status", ended.Status.ToString())
            .SetStatus(ended.Status == OrchestrationRuntimeStatus.Failed ? ActivityStatusCode.Error : ActivityStatusCode.Unset, ended.Failure?.Message)
            .SetEndTime(now.UtcDateTime);
    }

    private static Activity? Start(string kind, string type, string name, string instanceId, ActivityKind span, ActivityContext parent) =>
        Source.HasListeners() ? Describe(Source.StartActivity($"{kind}:{name}", span, parent), type, name, instanceId) : null;

    private static Activity? Describe(Activity? span, string type, string name, string instanceId) =>
        span?.SetTag("durabletask.type", type).SetTag("durabletask.task.name", name).SetTag("durabletask.task.instance_id", instanceId);

    private static ActivityContext ContextOf(InstanceRow row) => ActivityContext.TryParse(row.TraceParent, null, isRemote: true, out var context) ? context : default;
}
