using System.Text.Json;
using Azure;
using Azure.Storage.Blobs;
using Microsoft.Azure.Functions.Worker;
using Serverless.Emulator.Diagnostics;

namespace Serverless.Emulator.Hosting;

/// <summary>In the blob where Azure's host keeps it.</summary>
internal sealed class BlobTimerStatusStore(HostStartup startup) : ITimerStatusStore
{
    private readonly Lazy<BlobContainerClient> container =
        new(() => new BlobContainerClient(startup.Configuration["AzureWebJobsStorage"]!, "azure-webjobs-hosts", ClientDiagnostics.Untraced(new BlobClientOptions())));

    public async Task<ScheduleStatus?> ReadAsync(HostedFunction function, CancellationToken cancellation)
    {
        try
        {
            var content = await Blob(function).DownloadContentAsync(cancellation);
            return content.Value.Content.ToObjectFromJson<ScheduleStatus>();
        }
        catch (RequestFailedException e) when (e.Status == 404)
        {
            return null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public async Task WriteAsync(HostedFunction function, ScheduleStatus status, CancellationToken cancellation)
    {
        try
        {
            await Blob(function).UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true, cancellation);
        }
        catch (RequestFailedException e) when (e.ErrorCode == "ContainerNotFound")
        {
            await container.Value.CreateIfNotExistsAsync(cancellationToken: cancellation);
            await Blob(function).UploadAsync(BinaryData.FromObjectAsJson(status), overwrite: true, cancellation);
        }
    }

    private BlobClient Blob(HostedFunction function) => container.Value.GetBlobClient($"timers/{startup.HostId}/{function.EntryPoint}/status");
}
