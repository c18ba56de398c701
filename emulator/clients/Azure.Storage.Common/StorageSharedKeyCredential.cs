using System.Security.Cryptography;
using System.Text;

namespace Azure.Storage;

/// <summary>An account's name and key. The key is kept as bytes and never printed.</summary>
public class StorageSharedKeyCredential
{
    private volatile byte[] _key = [];

    /// <exception cref="FormatException">The key is not base64.</exception>
    public StorageSharedKeyCredential(string accountName, string accountKey)
    {
        AccountName = accountName;
        SetAccountKey(accountKey);
    }

    public string AccountName { get; }

    public void SetAccountKey(string accountKey) => _key = Convert.FromBase64String(accountKey);

    protected static string ComputeSasSignature(StorageSharedKeyCredential credential, string message)
    {
        ArgumentNullException.ThrowIfNull(credential);
        return credential.Sign(message);
    }

    /// <summary>Base64 of HMAC-SHA256 over the UTF-8 text: every kind of signature storage knows.</summary>
    internal string Sign(string message) => Convert.ToBase64String(HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes(message)));
}
