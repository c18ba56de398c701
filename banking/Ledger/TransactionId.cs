using System.Security.Cryptography;
using System.Text;

namespace Serverless.Banking.Ledger;

/// <summary>Names one journal for ever: whoever retries with the same id on the same deciding account meets the first posting.</summary>
/// <remarks>The default value of this type names no journal.</remarks>
public readonly record struct TransactionId(Guid Value)
{
    /// <summary>The same parts always give the same id; different parts, or the same text split differently, another.</summary>
    /// <param name="parts">In general (purpose, customer, idempotency key).</param>
    /// <exception cref="ArgumentException">No part was given.</exception>
    public static TransactionId Derive(params ReadOnlySpan<string> parts) => new(StableGuid.Of(parts));

    public override string ToString() => Value.ToString("N");
}

/// <summary>Version 8 UUIDs (RFC 9562) from SHA-256.</summary>
internal static class StableGuid
{
    public static Guid Of(params ReadOnlySpan<string> parts)
    {
        if (parts.IsEmpty)
        {
            throw new ArgumentException("Nothing to derive an id from.", nameof(parts));
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            hash.AppendData(length);
            hash.AppendData(bytes);
        }

        var id = hash.GetHashAndReset().AsSpan(0, 16);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id, bigEndian: true);
    }
}
