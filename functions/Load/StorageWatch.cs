using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Functions.Load;

/// <summary>Sits in the pipeline of storage's clients and tells the controller how each try was answered, those that the client repeats by itself too.</summary>
internal sealed class StorageWatch(LoadController load) : HttpPipelinePolicy
{
    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        try
        {
            await ProcessNextAsync(message, pipeline);
        }
        catch (OperationCanceledException) when (!message.CancellationToken.IsCancellationRequested)
        {
            load.StorageAnswered(isThrottled: true);
            throw;
        }

        load.StorageAnswered(IsThrottled(message));
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        ProcessNext(message, pipeline);
        load.StorageAnswered(IsThrottled(message));
    }

    /// <summary>503 is ServerBusy; 500 is also how tables say that they ran out of time.</summary>
    private static bool IsThrottled(HttpMessage message) => message.HasResponse && message.Response.Status switch
    {
        429 or 503 or 504 => true,
        500 => message.Response.Headers.TryGetValue("x-ms-error-code", out var code) && code == "OperationTimedOut",
        _ => false,
    };
}
