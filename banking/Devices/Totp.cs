using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Serverless.Banking.Devices;

/// <summary>Time-based one-time passwords of RFC 6238 with HMAC-SHA-256, or another hash, and dynamic truncation of RFC 4226.</summary>
internal static class Totp
{
    private static readonly int[] Powers = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000];

    /// <param name="secret">At least 16 bytes.</param>
    /// <param name="step">Number of the time step since the epoch (the RFC's T).</param>
    /// <param name="digits">6 to 8.</param>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits) => Code(secret, step, digits, HashAlgorithmName.SHA256);

    /// <param name="secret">At least 16 bytes.</param>
    /// <param name="step">Number of the time step since the epoch (the RFC's T).</param>
    /// <param name="digits">6 to 8.</param>
    /// <param name="algorithm">SHA-1 or SHA-256.</param>
    /// <param name="suffix">Follows the step in what is hashed, and binds the code to it; empty for a code of the RFC.</param>
    public static string Code(ReadOnlySpan<byte> secret, long step, int digits, HashAlgorithmName algorithm, ReadOnlySpan<byte> suffix = default)
    {
        var message = (Span<byte>)new byte[sizeof(long) + suffix.Length];
        BinaryPrimitives.WriteInt64BigEndian(message, step);
        suffix.CopyTo(message[sizeof(long)..]);
        Span<byte> buffer = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var hash = buffer[..CryptographicOperations.HmacData(algorithm, secret, message, buffer)];
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[^1] & 0x0F)..]) & 0x7FFF_FFFF;
        return (number % Powers[digits]).ToString($"D{digits}", CultureInfo.InvariantCulture);
    }
}
