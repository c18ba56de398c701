using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Azure.Storage.Blobs.Models;
using Serverless.Emulator.Queues;

namespace Serverless.Emulator;

/// <summary>Takes away what one host has in its storage account.</summary>
/// <remarks>Azurite looks through all its tables, queues and blobs at each call for one of them, so that what hundreds of tests left behind slows every other down.</remarks>
public static class StorageErasure
{
    /// <summary>Tables, queues and containers of the prefix, and the timers' blobs. What is left because the storage has gone or a killed host holds a lease does no harm.</summary>
    /// <param name="connectionString">Of the account.</param>
    /// <param name="prefix">The host's (<see cref="FunctionsTestHostOptions.Prefix"/>).</param>
    public static async Task RunAsync(string connectionString, string prefix)
    {
        try
        {
            await Task.WhenAll(EraseTablesAsync(connectionString, prefix), EraseQueuesAsync(connectionString, prefix), EraseBlobsAsync(connectionString, prefix));
        }
        catch (Exception e) when (e is RequestFailedException or AggregateException)
        {
            // Only the others' speed was at stake.
        }
    }

    private static async Task EraseTablesAsync(string connectionString, string prefix)
    {
        var options = new TableClientOptions();
        options.Retry.MaxRetries = 0;
        var service = new TableServiceClient(connectionString, options);
        var names = new List<string>();
        await foreach (var table in service.QueryAsync(filter: (string?)null))
        {
            if (IsOf(prefix, table.Name))
                names.Add(table.Name);
        }

        foreach (var name in names)
            await service.DeleteTableAsync(name);
    }

    private static async Task EraseQueuesAsync(string connectionString, string prefix)
    {
        var options = new QueueClientOptions();
        options.Retry.MaxRetries = 0;
        var service = new QueueServiceClient(connectionString, options);
        var names = new List<string>();
        await foreach (var queue in service.GetQueuesAsync($"sb-{prefix.ToLowerInvariant()}"))
            names.Add(queue.Name);
        foreach (var name in names)
            await service.GetQueueClient(name).DeleteIfExistsAsync();
    }

    private static async Task EraseBlobsAsync(string connectionString, string prefix)
    {
        var options = new BlobClientOptions();
        options.Retry.MaxRetries = 0;
        var service = new BlobServiceClient(connectionString, options);
        var containers = new List<string>();
        await foreach (var container in service.GetBlobContainersAsync())
            containers.Add(container.Name);
        foreach (var name in containers.Where(name => IsOf(prefix, name)))
            await service.GetBlobContainerClient(name).DeleteIfExistsAsync();
        foreach (var (name, folder) in new[] { ("azure-webjobs-hosts", $"locks/{prefix}/"), ("azure-webjobs-hosts", $"timers/{prefix}/"), ("azure-webjobs-secrets", $"{prefix}/") })
        {
            if (containers.Contains(name))
                await EraseFolderAsync(service.GetBlobContainerClient(name), folder);
        }
    }

    private static async Task EraseFolderAsync(BlobContainerClient container, string folder)
    {
        var names = new List<string>();
        await foreach (var blob in container.GetBlobsAsync(BlobTraits.None, BlobStates.None, folder, CancellationToken.None))
            names.Add(blob.Name);
        foreach (var name in names)
            await container.DeleteBlobIfExistsAsync(name);
    }

    private static bool IsOf(string prefix, string name) => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase);
}
