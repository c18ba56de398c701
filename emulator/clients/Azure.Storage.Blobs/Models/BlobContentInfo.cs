namespace Azure.Storage.Blobs.Models;

/// <summary>What an upload answers.</summary>
public class BlobContentInfo
{
    internal BlobContentInfo()
    {
    }

    public ETag ETag { get; internal init; }
    public DateTimeOffset LastModified { get; internal init; }
    public byte[]? ContentHash { get; internal init; }
    /// <summary>Null where versioning is off, and always in Azurite.</summary>
    public string? VersionId { get; internal init; }
}
