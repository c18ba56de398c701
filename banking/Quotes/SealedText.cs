using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Banking.Quotes;

/// <summary>Text that only the bank can read or make, bound to a purpose (AES-256-GCM, base64url).</summary>
internal static class SealedText
{
    public const int KeyBytes = 32;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    public static string Seal(byte[] key, string purpose, byte[] plain)
    {
        var bytes = new byte[NonceBytes + plain.Length + TagBytes];
        var nonce = bytes.AsSpan(0, NonceBytes);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagBytes);
        aes.Encrypt(nonce, plain, bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(purpose));
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>Null unless one of the keys sealed exactly this for the purpose.</summary>
    public static byte[]? Open(IEnumerable<byte[]> keys, string purpose, string text)
    {
        if (text.Length > SealedQuotes.LengthAtMost || !Base64Url.IsValid(text))
            return null;

        // The unused bits of the last character must be zero, or two texts would be one quote.
        var bytes = Base64Url.DecodeFromChars(text);
        return bytes.Length < NonceBytes + TagBytes || Base64Url.EncodeToString(bytes) != text
            ? null
            : keys.Select(key => Decrypt(key, purpose, bytes)).FirstOrDefault(plain => plain is not null);
    }

    private static byte[]? Decrypt(byte[] key, string purpose, byte[] bytes)
    {
        var plain = new byte[bytes.Length - NonceBytes - TagBytes];
        using var aes = new AesGcm(key, TagBytes);
        try
        {
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), plain,
                Encoding.UTF8.GetBytes(purpose));
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
