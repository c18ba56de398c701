namespace Azure.Storage.Blobs.Models;

public class GetBlobsOptions
{
    public BlobTraits Traits { get; set; }
    public BlobStates States { get; set; }
    public string? Prefix { get; set; }
}
