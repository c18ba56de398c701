using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Credentials;

/// <summary>Hashes of what is too short to be hashed without a key: one-time codes, unique codes, identifiers (HMAC-SHA256).</summary>
/// <remarks>A million codes are tried in a second, so whoever reads the tables must not have the key. See docs/adr/0016-passwords-and-codes.md.</remarks>
internal sealed class KeyedHash(IOptions<CredentialsOptions> options)
{
    private readonly Lazy<byte[][]> keys = new(() => [.. options.Value.OldKeys.Prepend(options.Value.Key).Select(Convert.FromBase64String)]);

    /// <summary>32 bytes as lower-case hexadecimal digits; the parts' borders count.</summary>
    public string Of(params ReadOnlySpan<string> parts) => Convert.ToHexStringLower(Compute(keys.Value[0], parts));

    /// <summary>In constant time; also for what an older key hashed.</summary>
    public bool Matches(string hash, params ReadOnlySpan<string> parts)
    {
        var matches = false;
        foreach (var key in keys.Value)
            matches |= CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(Compute(key, parts))), Encoding.ASCII.GetBytes(hash));
        return matches;
    }

    public byte[] Bytes(params ReadOnlySpan<string> parts) => Compute(keys.Value[0], parts);

    private static byte[] Compute(byte[] key, ReadOnlySpan<string> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        foreach (var part in parts)
        {
            var bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }
}
