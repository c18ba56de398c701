namespace Microsoft.DurableTask.Client;

/// <param name="Recursive">Terminate the sub-orchestrations too.</param>
public record TerminateInstanceOptions(object? Output = null, bool Recursive = false);
