using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Functions.Tests.Operating;

/// <summary>Storage calls that stand still until they are let go, while others go on.</summary>
internal sealed class HeldCalls : HttpPipelinePolicy
{
    private readonly TaskCompletionSource letGo = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int held;

    /// <summary>Method and last part of the path.</summary>
    public Func<string, string, bool>? Holds { get; set; }

    public int Held => Volatile.Read(ref held);

    public void LetGo() => letGo.TrySetResult();

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        if (!letGo.Task.IsCompleted && Holds?.Invoke(message.Request.Method.Method, message.Request.Uri.Path.Split('/')[^1]) == true)
        {
            Interlocked.Increment(ref held);
            await letGo.Task;
        }

        await ProcessNextAsync(message, pipeline);
    }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline) => throw new NotSupportedException("The bank calls storage asynchronously.");
}
