namespace Azure.Storage.Blobs.Models;

public class ReleasedObjectInfo
{
    internal ReleasedObjectInfo()
    {
    }

    public ETag ETag { get; internal init; }
    public DateTimeOffset LastModified { get; internal init; }
}
