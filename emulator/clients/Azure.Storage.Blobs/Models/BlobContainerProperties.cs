namespace Azure.Storage.Blobs.Models;

public class BlobContainerProperties
{
    internal BlobContainerProperties()
    {
    }

    public ETag ETag { get; internal init; }
    public DateTimeOffset LastModified { get; internal init; }
    public LeaseState? LeaseState { get; internal init; }
    public LeaseStatus? LeaseStatus { get; internal init; }
    public LeaseDurationType? LeaseDuration { get; internal init; }
    public PublicAccessType? PublicAccess { get; internal init; }
    public IDictionary<string, string> Metadata { get; internal init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
}
