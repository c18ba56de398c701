namespace Azure.Storage.Blobs.Models;

public class BlobItem
{
    internal BlobItem()
    {
    }

    public string Name { get; internal init; } = "";
    public bool Deleted { get; internal init; }
    public string? Snapshot { get; internal init; }
    public BlobItemProperties Properties { get; internal init; } = new();
    /// <summary>Empty unless asked for with <see cref="BlobTraits.Metadata"/>.</summary>
    public IDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    /// <summary>Empty unless asked for with <see cref="BlobTraits.Tags"/>.</summary>
    public IDictionary<string, string> Tags { get; internal init; } = new Dictionary<string, string>();
}
