using System.Text.Json.Serialization;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>The management API's addresses for one instance.</summary>
public class HttpManagementPayload
{
    [JsonPropertyName("id")]
    public string? Id { get; internal set; }

    [JsonPropertyName("purgeHistoryDeleteUri")]
    public string? PurgeHistoryDeleteUri { get; internal set; }

    [JsonPropertyName("restartPostUri")]
    public string? RestartPostUri { get; internal set; }

    [JsonPropertyName("resumePostUri")]
    public string? ResumePostUri { get; internal set; }

    [JsonPropertyName("sendEventPostUri")]
    public string? SendEventPostUri { get; internal set; }

    [JsonPropertyName("statusQueryGetUri")]
    public string? StatusQueryGetUri { get; internal set; }

    [JsonPropertyName("suspendPostUri")]
    public string? SuspendPostUri { get; internal set; }

    [JsonPropertyName("terminatePostUri")]
    public string? TerminatePostUri { get; internal set; }

    internal static HttpManagementPayload Of(string baseUrl, string instanceId)
    {
        var instance = $"{baseUrl.TrimEnd('/')}/runtime/webhooks/durabletask/instances/{Uri.EscapeDataString(instanceId)}";
        return new()
        {
            Id = instanceId,
            StatusQueryGetUri = instance,
            PurgeHistoryDeleteUri = instance,
            SendEventPostUri = $"{instance}/raiseEvent/{{eventName}}",
            TerminatePostUri = $"{instance}/terminate?reason={{text}}",
            SuspendPostUri = $"{instance}/suspend?reason={{text}}",
            ResumePostUri = $"{instance}/resume?reason={{text}}",
            RestartPostUri = $"{instance}/restart",
        };
    }
}
