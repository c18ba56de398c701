using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Runs the function for each message of a storage queue.</summary>
public sealed class QueueTriggerAttribute(string queueName) : TriggerBindingAttribute
{
    public string QueueName { get; } = queueName;

    /// <summary>The name of the setting that holds the connection string; AzureWebJobsStorage when not given.</summary>
    public string? Connection { get; set; }
}

/// <summary>Puts the return value (or the property) on a storage queue.</summary>
public sealed class QueueOutputAttribute(string queueName) : OutputBindingAttribute
{
    public string QueueName { get; } = queueName;

    /// <summary>The name of the setting that holds the connection string; AzureWebJobsStorage when not given.</summary>
    public string? Connection { get; set; }
}
