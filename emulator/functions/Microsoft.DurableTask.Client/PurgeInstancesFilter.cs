namespace Microsoft.DurableTask.Client;

/// <summary>Instances by created time and status; without statuses every finished one.</summary>
public record PurgeInstancesFilter(
    DateTimeOffset? CreatedFrom = null, DateTimeOffset? CreatedTo = null, IEnumerable<OrchestrationRuntimeStatus>? Statuses = null);
