namespace Azure.Storage.Blobs.Models;

public class GetBlobsByHierarchyOptions
{
    public BlobTraits Traits { get; set; }
    public BlobStates States { get; set; }
    public string? Delimiter { get; set; }
    public string? Prefix { get; set; }
}
