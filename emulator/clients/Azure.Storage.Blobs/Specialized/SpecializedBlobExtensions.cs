namespace Azure.Storage.Blobs.Specialized;

/// <summary>The way from a client to a more special one.</summary>
public static class SpecializedBlobExtensions
{
    public static BlockBlobClient GetBlockBlobClient(this BlobContainerClient client, string blobName)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.BlockBlob(blobName);
    }

    /// <param name="leaseId">The lease one holds, or the id to acquire; a new one by default.</param>
    public static BlobLeaseClient GetBlobLeaseClient(this BlobBaseClient client, string? leaseId = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetBlobLeaseClientCore(leaseId);
    }

    /// <summary>A container's lease guards only its deletion.</summary>
    public static BlobLeaseClient GetBlobLeaseClient(this BlobContainerClient client, string? leaseId = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        return client.GetBlobLeaseClientCore(leaseId);
    }
}
