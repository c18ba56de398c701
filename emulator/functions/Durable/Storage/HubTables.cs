using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Serverless.Emulator.Diagnostics;

namespace Serverless.Emulator.Durable.Storage;

/// <summary>The hub's clients.</summary>
internal sealed class HubTables
{
    /// <param name="policies">Run once per storage call of the engine: to count calls, or to break them.</param>
    public HubTables(string connectionString, string hub, IEnumerable<HttpPipelinePolicy> policies)
    {
        var options = ClientDiagnostics.Untraced(new TableClientOptions());
        var blobOptions = ClientDiagnostics.Untraced(new BlobClientOptions());
        foreach (var policy in policies)
        {
            options.AddPolicy(policy, HttpPipelinePosition.PerCall);
            blobOptions.AddPolicy(policy, HttpPipelinePosition.PerCall);
        }

        var payloads = new BlobContainerClient(connectionString, $"{hub.ToLowerInvariant()}-payloads", blobOptions);
        Index = new(connectionString, hub + "Index", options);
        Store = new(new(connectionString, hub + "Instances", options), new(payloads));
    }

    public TableClient Index { get; }

    public HubStore Store { get; }

    /// <summary>Makes what is missing.</summary>
    public Task PrepareAsync(CancellationToken cancellation) =>
        Task.WhenAll(Index.CreateIfNotExistsAsync(cancellation), Store.PrepareAsync(cancellation));
}
