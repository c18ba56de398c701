namespace Azure.Storage.Blobs.Models;

/// <summary>A block: its base64 id and its size in bytes.</summary>
public readonly struct BlobBlock : IEquatable<BlobBlock>
{
    internal BlobBlock(string name, long size) => (Name, SizeLong) = (name, size);

    public string Name { get; }
    public long SizeLong { get; }

    /// <exception cref="OverflowException">Larger than 2 GiB: use <see cref="SizeLong"/>.</exception>
    public int Size => checked((int)SizeLong);

    public bool Equals(BlobBlock other) => Name == other.Name && SizeLong == other.SizeLong;

    public override bool Equals(object? obj) => obj is BlobBlock other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Name, SizeLong);
}
