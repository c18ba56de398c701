using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Azure;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Documents;

/// <summary>Documents kept as they were made: those too long to make while somebody waits, and those that somebody agreed to.</summary>
/// <remarks>Private blobs; what is there is never replaced, so a hash that was written down stays true.</remarks>
public sealed class StoredDocuments
{
    private const string Container = "documents";

    private readonly BankBlobs blobs;

    internal StoredDocuments(BankBlobs blobs) => this.blobs = blobs;

    /// <summary>What proves that a document is the one agreed to: SHA-256, lower-case hexadecimal.</summary>
    public static string HashOf(ReadOnlySpan<byte> content) => Convert.ToHexStringLower(SHA256.HashData(content));

    /// <summary>Keeps the file. A second one under the same name is not taken: the first stays.</summary>
    public Task SaveAsync(CustomerId owner, string kind, string id, DocumentFile file, CancellationToken cancellation) => blobs.Open(Container).AddAsync(
        Name(owner, kind, id), file.ContentType, new Dictionary<string, string> { ["name"] = file.Name }, file.Content, cancellation);

    /// <returns>Null when nothing was kept under this name.</returns>
    public async Task<DocumentFile?> FindAsync(CustomerId owner, string kind, string id, CancellationToken cancellation)
    {
        try
        {
            var found = (await blobs.Open(Container).GetBlobClient(Name(owner, kind, id)).DownloadContentAsync(cancellation)).Value;
            return new DocumentFile(found.Details.Metadata["name"], found.Details.ContentType ?? "application/octet-stream", found.Content.ToArray());
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
    }

    public async Task<bool> ExistsAsync(CustomerId owner, string kind, string id, CancellationToken cancellation)
    {
        try
        {
            return (await blobs.Open(Container).GetBlobClient(Name(owner, kind, id)).ExistsAsync(cancellation)).Value;
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return false;
        }
    }

    /// <summary>All that is kept for an owner.</summary>
    internal async IAsyncEnumerable<(string Kind, string Id)> ListAsync(CustomerId owner, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var container = blobs.Open(Container);
        if (!await container.ExistsAsync(cancellation))
            yield break;
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = $"{owner.Value}/" }, cancellation))
        {
            if (blob.Name.Split('/', 3) is [_, var kind, var id])
                yield return (kind, id);
        }
    }

    /// <summary>For what may be forgotten, such as a picture; what is gone already is gone.</summary>
    public Task RemoveAsync(CustomerId owner, string kind, string id, CancellationToken cancellation) =>
        blobs.Open(Container).RemoveAsync(Name(owner, kind, id), cancellation);

    private static string Name(CustomerId owner, string kind, string id) => $"{owner.Value}/{kind}/{id}";
}
