using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;

namespace Serverless.Emulator.Storage;

/// <summary>Azure.Core's pipeline with what every storage service needs: signing, error details, the shared connections.</summary>
internal static class StoragePipeline
{
    /// <param name="authorization">A policy that authorizes each try, or null for anonymous and SAS requests.</param>
    public static HttpPipeline Build(ClientOptions options, HttpPipelinePolicy? authorization)
    {
        StorageTransport.Use(options);
        var pipeline = new HttpPipelineOptions(options) { RequestFailedDetailsParser = StorageErrorParser.Instance };
        pipeline.PerRetryPolicies.Add(new StorageHeadersPolicy());
        if (authorization is not null)
            pipeline.PerRetryPolicies.Add(authorization);
        return HttpPipelineBuilder.Build(pipeline);
    }

    public static HttpPipelinePolicy? Authorize(StorageSharedKeyCredential? credential) =>
        credential is null ? null : new SharedKeyPolicy(credential);

    /// <summary>Repeats the client's request id under the name that storage logs.</summary>
    private sealed class StorageHeadersPolicy : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) =>
            message.Request.Headers.SetValue("x-ms-client-request-id", message.Request.ClientRequestId);
    }
}
