namespace Azure.Storage.Blobs.Models;

/// <summary>Of the conditions only the lease counts: the others are for the commit.</summary>
public class BlockBlobStageBlockOptions
{
    public BlobRequestConditions? Conditions { get; set; }
    public IProgress<long>? ProgressHandler { get; set; }
}
