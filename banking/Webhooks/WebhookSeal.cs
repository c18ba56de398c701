using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Webhooks;

/// <summary>Seals what only the bank may read (AES-256-GCM), bound to where it lies.</summary>
internal sealed class WebhookSeal(IOptions<WebhooksOptions> options)
{
    private const int NonceBytes = 12;
    private const int TagBytes = 16;

    private readonly Lazy<byte[][]> keys = new(() => [.. options.Value.OldKeys.Prepend(options.Value.Key).Select(Convert.FromBase64String)]);

    public byte[] Seal(string place, ReadOnlySpan<byte> plain)
    {
        var sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using var aes = new AesGcm(keys.Value[0], TagBytes);
        aes.Encrypt(
            sealedBytes.AsSpan(0, NonceBytes), plain, sealedBytes.AsSpan(NonceBytes, plain.Length), sealedBytes.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(place));
        return sealedBytes;
    }

    /// <exception cref="InvalidOperationException">None of the keys sealed it: a key was taken away too early.</exception>
    public byte[] Open(string place, ReadOnlySpan<byte> sealedBytes)
    {
        foreach (var key in keys.Value)
        {
            var plain = new byte[sealedBytes.Length - NonceBytes - TagBytes];
            using var aes = new AesGcm(key, TagBytes);
            try
            {
                aes.Decrypt(sealedBytes[..NonceBytes], sealedBytes[NonceBytes..^TagBytes], sealedBytes[^TagBytes..], plain, Encoding.UTF8.GetBytes(place));
                return plain;
            }
            catch (AuthenticationTagMismatchException)
            {
            }
        }

        throw new InvalidOperationException($"What lies at {place} was sealed with an unknown key.");
    }
}
