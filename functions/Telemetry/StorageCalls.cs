using Azure.Core;
using Azure.Core.Pipeline;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Serverless.Banking.Telemetry;

namespace Serverless.Functions.Telemetry;

/// <summary>Counts the storage calls of each run. The outermost middleware, so that no other's calls are missed.</summary>
/// <remarks>Orchestrations pass untouched: they bear no awaiting around them, and call no storage.</remarks>
internal sealed class StorageCallsMiddleware(BankMetrics metrics) : IFunctionsWorkerMiddleware
{
    public Task Invoke(FunctionContext context, FunctionExecutionDelegate next) =>
        metrics.CountsStorageCalls && !context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "orchestrationTrigger") ? RunAsync(context, next) : next(context);

    private async Task RunAsync(FunctionContext context, FunctionExecutionDelegate next)
    {
        var function = context.FunctionDefinition.Name;
        var tally = StorageTally.Begin(function);
        try
        {
            await next(context);
        }
        finally
        {
            if (tally.Tables > 0)
                metrics.StorageCalls(function, StorageTally.OfTables, tally.Tables);
            if (tally.Blobs > 0)
                metrics.StorageCalls(function, StorageTally.OfBlobs, tally.Blobs);
        }
    }
}

/// <summary>The calls of one run so far. It goes wherever the run's work goes, also where that outlives the answer.</summary>
internal sealed class StorageTally
{
    public const string OfTables = "tables";
    public const string OfBlobs = "blobs";

    private static readonly AsyncLocal<StorageTally?> Ambient = new();

    private int tables;
    private int blobs;

    private StorageTally(string function) => Function = function;

    /// <summary>Null outside of a run, and while nobody counts.</summary>
    public static StorageTally? Current => Ambient.Value;

    public string Function { get; }

    public int Tables => Volatile.Read(ref tables);

    public int Blobs => Volatile.Read(ref blobs);

    public static StorageTally Begin(string function) => Ambient.Value = new StorageTally(function);

    public void Count(string service) => Interlocked.Increment(ref service == OfTables ? ref tables : ref blobs);
}

/// <summary>Sits in the pipeline of a storage client, where each try passes: each is billed.</summary>
internal sealed class StorageCallsPolicy(BankMetrics metrics, string service, double pricePer10000) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        if (StorageTally.Current is not { } tally)
            return;
        tally.Count(service);
        if (pricePer10000 > 0)
            metrics.StorageCalled(tally.Function, service, pricePer10000 / 10_000);
    }
}
