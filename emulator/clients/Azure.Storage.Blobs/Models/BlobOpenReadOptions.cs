namespace Azure.Storage.Blobs.Models;

/// <param name="allowModifications">Whether the blob may change while it is read; otherwise the next fetch after a change is 412.</param>
public class BlobOpenReadOptions(bool allowModifications)
{
    internal bool AllowModifications { get; } = allowModifications;

    /// <summary>Where to begin, in bytes.</summary>
    public long Position { get; set; }

    /// <summary>Bytes fetched at a time; 4 MiB by default.</summary>
    public int? BufferSize { get; set; }
    public BlobRequestConditions? Conditions { get; set; }
}
