namespace Azure.Storage.Blobs.Models;

/// <remarks>The ETag carries no quotes here, unlike the one of a header: compare them by <c>ToString("H")</c>.</remarks>
public class BlobItemProperties
{
    internal BlobItemProperties()
    {
    }

    public ETag? ETag { get; internal init; }
    public DateTimeOffset? LastModified { get; internal init; }
    public DateTimeOffset? CreatedOn { get; internal init; }
    public long? ContentLength { get; internal init; }
    public string? CacheControl { get; internal init; }
    public string? ContentDisposition { get; internal init; }
    public string? ContentEncoding { get; internal init; }
    public string? ContentLanguage { get; internal init; }
    public string? ContentType { get; internal init; }
    public byte[]? ContentHash { get; internal init; }
    public BlobType? BlobType { get; internal init; }
    public LeaseState? LeaseState { get; internal init; }
    public LeaseStatus? LeaseStatus { get; internal init; }
    public LeaseDurationType? LeaseDuration { get; internal init; }
    public AccessTier? AccessTier { get; internal init; }
    public long? TagCount { get; internal init; }
}
