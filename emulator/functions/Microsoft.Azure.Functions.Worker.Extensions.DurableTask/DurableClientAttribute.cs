using Microsoft.Azure.Functions.Worker.Extensions.Abstractions;

namespace Microsoft.Azure.Functions.Worker;

#pragma warning disable CA1018 // The official attribute inherits its usage.
public sealed class DurableClientAttribute : InputBindingAttribute
{
    /// <summary>Null: the hub of host.json.</summary>
    public string? TaskHub { get; set; }

    /// <summary>Null: AzureWebJobsStorage.</summary>
    public string? ConnectionName { get; set; }
}
