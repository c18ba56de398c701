namespace Azure.Storage.Blobs.Models;

/// <summary>A download as it comes from the network. Dispose it, or a connection stays taken.</summary>
public class BlobDownloadStreamingResult : IDisposable
{
    internal BlobDownloadStreamingResult()
    {
    }

    public BlobDownloadDetails Details { get; internal init; } = new();
    public Stream Content { get; internal init; } = Stream.Null;

    public void Dispose() => Content.Dispose();
}
