namespace Azure.Storage.Blobs.Models;

public class BlobLease
{
    internal BlobLease()
    {
    }

    public ETag ETag { get; internal init; }
    public DateTimeOffset LastModified { get; internal init; }
    public string? LeaseId { get; internal init; }
    /// <summary>Seconds left of a lease being broken.</summary>
    public int? LeaseTime { get; internal init; }
}
