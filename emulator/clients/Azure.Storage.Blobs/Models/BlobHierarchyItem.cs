namespace Azure.Storage.Blobs.Models;

/// <summary>A blob, or the common prefix of several.</summary>
public class BlobHierarchyItem
{
    internal BlobHierarchyItem()
    {
    }

    public string? Prefix { get; internal init; }
    public BlobItem? Blob { get; internal init; }
    public bool IsPrefix => Prefix is not null;
    public bool IsBlob => Blob is not null;
}
