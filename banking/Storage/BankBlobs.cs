using System.Collections.Concurrent;
using Azure.Core;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Storage;

/// <summary>Opens the bank's blob containers. Opening calls nothing over the network, and whoever writes first makes the container.</summary>
internal sealed class BankBlobs(IOptions<StorageOptions> options, TokenCredential? credential = null)
{
    private readonly Lazy<BlobServiceClient> service = new(() => Connect(options.Value, credential));
    private readonly ConcurrentDictionary<string, BlobContainerClient> opened = new(StringComparer.Ordinal);

    /// <param name="name">Small letters and digits, without the prefix.</param>
    public BlobContainerClient Open(string name) =>
        opened.GetOrAdd(name, _ => service.Value.GetBlobContainerClient(options.Value.TablePrefix.ToLowerInvariant() + name));

    private static BlobServiceClient Connect(StorageOptions options, TokenCredential? credential)
    {
        var client = new BlobClientOptions();
        options.ConfigureAnyClient?.Invoke(client);
        return options switch
        {
            { ConnectionString: { Length: > 0 } connection } => new BlobServiceClient(connection, client),
            { BlobsUri: { } uri } when credential is not null => new BlobServiceClient(uri, credential, client),
            _ => throw new InvalidOperationException("Set Storage:ConnectionString, or Storage:BlobsUri and a credential."),
        };
    }
}
