using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Serverless.Emulator.Durable.History;

namespace Serverless.Emulator.Durable.Storage;

/// <summary>Payloads too long for a row, one blob each, under the instance's id.</summary>
internal sealed class PayloadBlobs(BlobContainerClient container)
{
    public Task PrepareAsync(CancellationToken cancellation) => container.CreateIfNotExistsAsync(cancellationToken: cancellation);

    /// <summary>Gives every long payload its blob, before the row that names it is written.</summary>
    public async Task WriteLongAsync(
        string instanceId, IEnumerable<Payload?> payloads, CancellationToken cancellation, int maxChars = Payload.MaxInlineChars)
    {
        foreach (var payload in payloads)
        {
            if (payload is { Blob: null } && payload.Text.Length > maxChars)
                payload.Blob = await WriteAsync(instanceId, payload.Text, cancellation);
        }
    }

    public async Task<string> WriteAsync(string instanceId, string text, CancellationToken cancellation)
    {
        var name = $"{instanceId}/{Guid.NewGuid():N}";
        await container.GetBlobClient(name).UploadAsync(BinaryData.FromString(text), overwrite: true, cancellation);
        return name;
    }

    public async Task ReadAsync(IEnumerable<Payload?> payloads, CancellationToken cancellation)
    {
        foreach (var payload in payloads)
        {
            if (payload is { IsRead: false })
                payload.Text = await ReadAsync(payload.Blob!, cancellation);
        }
    }

    public async Task<string> ReadAsync(string name, CancellationToken cancellation) =>
        (await container.GetBlobClient(name).DownloadContentAsync(cancellation)).Value.Content.ToString();

    public async Task DeleteAllAsync(string instanceId, CancellationToken cancellation)
    {
        await foreach (var blob in container.GetBlobsAsync(new GetBlobsOptions { Prefix = instanceId + "/" }, cancellation))
            await container.GetBlobClient(blob.Name).DeleteIfExistsAsync(cancellationToken: cancellation);
    }
}
