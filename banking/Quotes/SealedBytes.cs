using System.Security.Cryptography;
using System.Text;

namespace Serverless.Banking.Quotes;

/// <summary>Bytes that only the bank can read or make, bound to a purpose or a place: nonce, text, tag (AES-256-GCM).</summary>
internal static class SealedBytes
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static byte[] Seal(byte[] key, string purpose, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(purpose));
        return bytes;
    }

    /// <summary>Null unless one of the keys sealed exactly this for the purpose.</summary>
    public static byte[]? Open(IEnumerable<byte[]> keys, string purpose, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < NonceBytes + TagBytes)
            return null;
        foreach (var key in keys)
        {
            var plain = new byte[bytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            try
            {
                aes.Decrypt(bytes[..NonceBytes], bytes[NonceBytes..^TagBytes], bytes[^TagBytes..], plain, Encoding.UTF8.GetBytes(purpose));
                return plain;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Sealed with another of the keys.
            }
        }

        return null;
    }
}
