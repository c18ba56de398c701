namespace Azure.Storage.Blobs.Models;

/// <summary>When a lease operation may happen.</summary>
public class BlobLeaseRequestConditions : RequestConditions
{
    public string? TagConditions { get; set; }
}
