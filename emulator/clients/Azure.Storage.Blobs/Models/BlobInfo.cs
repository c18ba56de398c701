namespace Azure.Storage.Blobs.Models;

public class BlobInfo
{
    internal BlobInfo()
    {
    }

    public ETag ETag { get; internal init; }
    public DateTimeOffset LastModified { get; internal init; }
    public string? VersionId { get; internal init; }
}
