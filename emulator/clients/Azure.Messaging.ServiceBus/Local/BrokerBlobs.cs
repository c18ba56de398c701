using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Serverless.Emulator.Diagnostics;

namespace Serverless.Emulator.ServiceBus;

/// <summary>What a namespace keeps outside its queues: large bodies, and where its scheduled messages are hidden.</summary>
internal sealed class BrokerBlobs(string storageConnectionString, string containerName)
{
    private readonly BlobContainerClient _container = new(storageConnectionString, containerName, ClientDiagnostics.Untraced(new BlobClientOptions()));

    /// <param name="expected">The ETag it was read with; null creates only.</param>
    /// <returns>False when somebody else wrote it first.</returns>
    public async Task<bool> WriteAsync(string name, BinaryData content, ETag? expected, CancellationToken cancellationToken)
    {
        var conditions = expected is { } etag ? new BlobRequestConditions { IfMatch = etag } : new BlobRequestConditions { IfNoneMatch = ETag.All };
        try
        {
            await UploadAsync(name, content, new BlobUploadOptions { Conditions = conditions }, cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (RequestFailedException lost) when (lost.Status is 409 or 412)
        {
            return false;
        }
    }

    /// <returns>Null when there is none.</returns>
    public async Task<(BinaryData Content, ETag ETag)?> ReadAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            var blob = await _container.GetBlobClient(name).DownloadContentAsync(cancellationToken).ConfigureAwait(false);
            return (blob.Value.Content, blob.Value.Details.ETag);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            return null;
        }
    }

    public Task DeleteAsync(string name, CancellationToken cancellationToken) =>
        _container.DeleteBlobIfExistsAsync(name, DeleteSnapshotsOption.None, null, cancellationToken);

    public async Task<IReadOnlyList<string>> ListAsync(string prefix, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        try
        {
            await foreach (var blob in _container.GetBlobsAsync(new GetBlobsOptions { Prefix = prefix }, cancellationToken).ConfigureAwait(false))
                names.Add(blob.Name);
        }
        catch (RequestFailedException missing) when (missing.Status == 404)
        {
            // Nothing was ever kept.
        }

        return names;
    }

    // The container comes with the first thing to keep: most namespaces never need it.
    private async Task UploadAsync(string name, BinaryData content, BlobUploadOptions options, CancellationToken cancellationToken)
    {
        var blob = _container.GetBlobClient(name);
        try
        {
            await blob.UploadAsync(content, options, cancellationToken).ConfigureAwait(false);
        }
        catch (RequestFailedException missing) when (missing.ErrorCode == BlobErrorCode.ContainerNotFound)
        {
            await _container.CreateIfNotExistsAsync(cancellationToken: cancellationToken).ConfigureAwait(false);
            await blob.UploadAsync(content, options, cancellationToken).ConfigureAwait(false);
        }
    }
}
