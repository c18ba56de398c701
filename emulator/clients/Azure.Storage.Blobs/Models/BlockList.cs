namespace Azure.Storage.Blobs.Models;

public class BlockList
{
    internal BlockList()
    {
    }

    public ETag ETag { get; internal init; }
    public DateTimeOffset LastModified { get; internal init; }
    public string? ContentType { get; internal init; }
    public long BlobContentLength { get; internal init; }

    /// <summary>In the blob's order.</summary>
    public IEnumerable<BlobBlock> CommittedBlocks { get; internal init; } = [];
    public IEnumerable<BlobBlock> UncommittedBlocks { get; internal init; } = [];
}
