using System.Buffers.Text;

namespace Serverless.Banking.Quotes;

/// <summary>Text that only the bank can read or make, bound to a purpose (<see cref="SealedBytes"/> in base64url).</summary>
internal static class SealedText
{
    public static string Seal(byte[] key, string purpose, byte[] plain) => Base64Url.EncodeToString(SealedBytes.Seal(key, purpose, plain));

    /// <summary>Null unless one of the keys sealed exactly this for the purpose.</summary>
    public static byte[]? Open(IEnumerable<byte[]> keys, string purpose, string text)
    {
        if (text.Length > SealedQuotes.LengthAtMost || !Base64Url.IsValid(text))
            return null;

        // The unused bits of the last character must be zero, or two texts would be one quote.
        var bytes = Base64Url.DecodeFromChars(text);
        return Base64Url.EncodeToString(bytes) == text ? SealedBytes.Open(keys, purpose, bytes) : null;
    }
}
