using System.Collections.Frozen;
using System.Diagnostics;
using OpenTelemetry;

namespace Serverless.Functions.Telemetry;

/// <summary>Takes from a span, before it is exported, all that is not known to be harmless.</summary>
/// <remarks>
/// Addresses hold customers' numbers, table keys and partners' references; a status tells an exception's message. So a list says which attributes stay, and a new one of some library stays
/// out until somebody has thought about it. Names of spans are those of operations. A storage call is told once, by Azure's client, and not again by the HTTP client beneath it.
/// </remarks>
internal sealed class SpanPrivacy : BaseProcessor<Activity>
{
    public const string HttpClientSource = "System.Net.Http";

    /// <summary>docs/telemetry.md lists them too.</summary>
    internal static readonly FrozenSet<string> Kept = FrozenSet.ToFrozenSet(
        [
            "az.namespace", "durabletask.task.name", "durabletask.task.status", "durabletask.type", "error.type", "faas.invocation_id", "faas.name", "http.request.method",
            "http.request.resend_count", "http.response.status_code", "http.route", "messaging.batch.message_count", "messaging.destination.name", "messaging.operation", "messaging.system",
            "network.protocol.version", "server.address", "server.port", "url.scheme",
        ],
        StringComparer.Ordinal);

    public override void OnEnd(Activity data)
    {
        if (data.Source.Name == HttpClientSource && data.Parent?.Source.Name.StartsWith("Azure.", StringComparison.Ordinal) == true)
        {
            data.ActivityTraceFlags &= ~ActivityTraceFlags.Recorded;
            return;
        }

        List<string>? removed = null;
        foreach (ref readonly var tag in data.EnumerateTagObjects())
        {
            if (!Kept.Contains(tag.Key))
                (removed ??= []).Add(tag.Key);
        }

        foreach (var name in removed ?? [])
            data.SetTag(name, null);
        if (data.StatusDescription is not null)
            data.SetStatus(data.Status);
    }
}
