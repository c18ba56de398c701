namespace Azure.Storage.Blobs.Models;

/// <summary>Without conditions an upload through these options overwrites.</summary>
public class BlobUploadOptions
{
    public BlobHttpHeaders? HttpHeaders { get; set; }
    public IDictionary<string, string>? Metadata { get; set; }
    public IDictionary<string, string>? Tags { get; set; }
    public BlobRequestConditions? Conditions { get; set; }
    public IProgress<long>? ProgressHandler { get; set; }
    public AccessTier? AccessTier { get; set; }
    public StorageTransferOptions TransferOptions { get; set; }
}
