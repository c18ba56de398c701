using System.Net;

namespace Azure.Storage.Sas;

/// <summary>The addresses a link may be used from: one, or from start to end. Default: any.</summary>
public readonly struct SasIPRange(IPAddress? start, IPAddress? end = null) : IEquatable<SasIPRange>
{
    public IPAddress Start { get; } = start ?? IPAddress.None;
    public IPAddress End { get; } = end ?? IPAddress.None;

    private bool IsEmpty => Start is null || Start.Equals(IPAddress.None);

    public bool Equals(SasIPRange other) => ToString() == other.ToString();

    public override bool Equals(object? obj) => obj is SasIPRange other && Equals(other);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => IsEmpty ? "" : End is null || End.Equals(IPAddress.None) ? Start.ToString() : $"{Start}-{End}";

    public static bool operator ==(SasIPRange left, SasIPRange right) => left.Equals(right);

    public static bool operator !=(SasIPRange left, SasIPRange right) => !left.Equals(right);
}
