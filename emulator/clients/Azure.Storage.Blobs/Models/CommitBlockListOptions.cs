namespace Azure.Storage.Blobs.Models;

public class CommitBlockListOptions
{
    public BlobHttpHeaders? HttpHeaders { get; set; }
    public IDictionary<string, string>? Metadata { get; set; }
    public IDictionary<string, string>? Tags { get; set; }
    public BlobRequestConditions? Conditions { get; set; }
    public AccessTier? AccessTier { get; set; }
}
