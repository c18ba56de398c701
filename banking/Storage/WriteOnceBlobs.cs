using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;

namespace Serverless.Banking.Storage;

/// <summary>Private blobs that are never replaced: what was written down about one stays true.</summary>
internal static class WriteOnceBlobs
{
    /// <summary>Makes the container at its first blob. A second blob of the same name is not taken: the first stays.</summary>
    public static async Task AddAsync(
        this BlobContainerClient container, string name, string contentType, IDictionary<string, string> metadata, byte[] content, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = contentType },
            Metadata = metadata,
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await UploadAsync(container.GetBlobClient(name), content, options, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await UploadAsync(container.GetBlobClient(name), content, options, cancellation);
        }
    }

    /// <summary>What is gone already is gone, the whole container too.</summary>
    public static async Task RemoveAsync(this BlobContainerClient container, string name, CancellationToken cancellation)
    {
        try
        {
            await container.GetBlobClient(name).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // Nothing was ever kept.
        }
    }

    private static async Task UploadAsync(BlobClient blob, byte[] content, BlobUploadOptions options, CancellationToken cancellation)
    {
        try
        {
            await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // There already: another run of the same work.
        }
    }
}
