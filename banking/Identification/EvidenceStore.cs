using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Identification;

/// <summary>Pictures of documents and faces, sealed before they leave the process (ONB-32). Private blobs; what is there is never replaced.</summary>
internal sealed class EvidenceStore(BankBlobs blobs, PersonalDataSeal seal)
{
    private const string Container = "evidence";
    private const string Media = "media";

    public async Task SaveAsync(Guid session, string name, string contentType, byte[] content, CancellationToken cancellation)
    {
        var container = blobs.Open(Container);
        var sealedContent = seal.SealBytes(Name(session, name), content);
        try
        {
            await UploadAsync(container.GetBlobClient(Name(session, name)), contentType, sealedContent, cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            await container.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await UploadAsync(container.GetBlobClient(Name(session, name)), contentType, sealedContent, cancellation);
        }
    }

    /// <returns>Null when there is none.</returns>
    public async Task<(string ContentType, byte[] Content)?> FindAsync(Guid session, string name, CancellationToken cancellation)
    {
        try
        {
            var found = (await blobs.Open(Container).GetBlobClient(Name(session, name)).DownloadContentAsync(cancellation)).Value;
            return (found.Details.Metadata[Media], seal.OpenBytes(Name(session, name), found.Content.ToMemory().Span));
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    /// <summary>What is gone already is gone.</summary>
    public async Task RemoveAsync(Guid session, string name, CancellationToken cancellation)
    {
        try
        {
            await blobs.Open(Container).GetBlobClient(Name(session, name)).DeleteIfExistsAsync(cancellationToken: cancellation);
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            // No evidence was ever kept.
        }
    }

    private static async Task UploadAsync(BlobClient blob, string contentType, byte[] content, CancellationToken cancellation)
    {
        var options = new BlobUploadOptions
        {
            HttpHeaders = new BlobHttpHeaders { ContentType = "application/octet-stream" },
            Metadata = new Dictionary<string, string> { [Media] = contentType },
            Conditions = new BlobRequestConditions { IfNoneMatch = ETag.All },
        };
        try
        {
            await blob.UploadAsync(BinaryData.FromBytes(content), options, cancellation);
        }
        catch (RequestFailedException e) when (e.Status is 409 or 412)
        {
            // There already: another run of the same work.
        }
    }

    private static string Name(Guid session, string name) => $"{session:N}/{name}";
}
