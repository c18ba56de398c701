using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Identification;

/// <summary>Personal data at rest: only the bank can read or make it, bound to where it lies (AES-256-GCM).</summary>
internal sealed class PersonalDataSeal(IOptions<IdentificationOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lazy<byte[][]> keys = new(() => [.. options.Value.OldKeys.Prepend(options.Value.Key).Select(Convert.FromBase64String)]);

    /// <param name="place">Table and row, or the blob's name: sealed data that is moved elsewhere cannot be opened.</param>
    public string Seal<T>(string place, T value) => Convert.ToBase64String(SealBytes(place, Encoding.UTF8.GetBytes(StoredJson.Write(value))));

    public T Open<T>(string place, string text) => StoredJson.Read<T>(Encoding.UTF8.GetString(OpenBytes(place, Convert.FromBase64String(text))));

    public byte[] SealBytes(string place, ReadOnlySpan<byte> plain)
    {
        var bytes = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(bytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(keys.Value[0], TagBytes);
        aes.Encrypt(bytes.AsSpan(0, NonceBytes), plain, bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(place));
        return bytes;
    }

    /// <exception cref="InvalidOperationException">None of the keys sealed exactly this for the place: a key is missing, or somebody has moved or altered it.</exception>
    public byte[] OpenBytes(string place, ReadOnlySpan<byte> bytes)
    {
        foreach (var key in bytes.Length >= NonceBytes + TagBytes ? keys.Value : [])
        {
            var plain = new byte[bytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            try
            {
                aes.Decrypt(bytes[..NonceBytes], bytes[NonceBytes..^TagBytes], bytes[^TagBytes..], plain, Encoding.UTF8.GetBytes(place));
                return plain;
            }
            catch (AuthenticationTagMismatchException)
            {
                // Sealed with another of the keys.
            }
        }

        throw new InvalidOperationException("Personal data cannot be opened with the present keys.");
    }
}
