namespace Azure.Storage;

/// <summary>How a large upload or download is cut up.</summary>
public struct StorageTransferOptions : IEquatable<StorageTransferOptions>
{
    /// <summary>The size of a block, in bytes; 4 MiB by default, 8 MiB from 100 MB on.</summary>
    public long? MaximumTransferSize { get; set; }

    /// <summary>Blocks at a time; 5 by default.</summary>
    public int? MaximumConcurrency { get; set; }

    /// <summary>Up to this many bytes an upload is one request; 256 MiB by default.</summary>
    public long? InitialTransferSize { get; set; }

    public readonly bool Equals(StorageTransferOptions obj) =>
        MaximumTransferSize == obj.MaximumTransferSize && MaximumConcurrency == obj.MaximumConcurrency && InitialTransferSize == obj.InitialTransferSize;

    public override readonly bool Equals(object? obj) => obj is StorageTransferOptions other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(MaximumTransferSize, MaximumConcurrency, InitialTransferSize);

    public static bool operator ==(StorageTransferOptions left, StorageTransferOptions right) => left.Equals(right);

    public static bool operator !=(StorageTransferOptions left, StorageTransferOptions right) => !left.Equals(right);
}
