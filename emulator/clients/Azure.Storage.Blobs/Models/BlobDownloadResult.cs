namespace Azure.Storage.Blobs.Models;

/// <summary>A whole download, in memory.</summary>
public class BlobDownloadResult
{
    internal BlobDownloadResult()
    {
    }

    public BinaryData Content { get; internal init; } = new(Array.Empty<byte>());
    public BlobDownloadDetails Details { get; internal init; } = new();
}
