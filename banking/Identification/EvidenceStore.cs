using Azure;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Identification;

/// <summary>Pictures of documents and faces, sealed before they leave the process (ONB-32). Private blobs; what is there is never replaced.</summary>
internal sealed class EvidenceStore(BankBlobs blobs, PersonalDataSeal seal)
{
    private const string Container = "evidence";
    private const string Media = "media";

    public Task SaveAsync(Guid session, string name, string contentType, byte[] content, CancellationToken cancellation) => blobs.Open(Container).AddAsync(
        Name(session, name), "application/octet-stream", new Dictionary<string, string> { [Media] = contentType }, seal.SealBytes(Name(session, name), content), cancellation);

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

    public Task RemoveAsync(Guid session, string name, CancellationToken cancellation) => blobs.Open(Container).RemoveAsync(Name(session, name), cancellation);

    private static string Name(Guid session, string name) => $"{session:N}/{name}";
}
