namespace Azure.Storage.Blobs.Models;

public class BlobContainerItem
{
    internal BlobContainerItem()
    {
    }

    public string Name { get; internal init; } = "";
    public BlobContainerProperties Properties { get; internal init; } = new();
}
