using System.Globalization;
using Azure;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;
using Azure.Storage.Blobs;
using Serverless.Emulator.Diagnostics;

namespace Serverless.Emulator.Storage;

/// <summary>What the blob clients of one account share: pipeline, version, credential.</summary>
internal sealed class BlobRest(HttpPipeline pipeline, string version, StorageSharedKeyCredential? key, string? signature, ClientDiagnostics diagnostics)
{
    public static BlobRest Of(BlobClientOptions? options, StorageSharedKeyCredential? key = null, string? signature = null, HttpPipelinePolicy? authorization = null)
    {
        options ??= new BlobClientOptions();
        return new BlobRest(StoragePipeline.Build(options, authorization ?? StoragePipeline.Authorize(key)), options.VersionText, key, signature?.TrimStart('?'), new("Azure.Storage.Blobs", "Microsoft.Storage", options));
    }

    public static HttpPipelinePolicy Bearer(TokenCredential credential) =>
        new BearerTokenAuthenticationPolicy(credential ?? throw new ArgumentNullException(nameof(credential)), "https://storage.azure.com/.default");

    /// <summary>Signs links; null when the client holds no account key.</summary>
    public StorageSharedKeyCredential? Key => key;

    /// <param name="query">Parameters with a null value are left out.</param>
    public HttpMessage Create(RequestMethod method, Uri uri, params (string Name, string? Value)[] query)
    {
        var message = pipeline.CreateMessage();
        message.BufferResponse = true;
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(uri);
        foreach (var (name, value) in query)
        {
            if (value is not null)
                request.Uri.AppendQuery(name, value, escapeValue: true);
        }

        if (!string.IsNullOrEmpty(signature))
            request.Uri.Query = request.Uri.Query is { Length: > 0 } present ? $"{present}&{signature}" : $"?{signature}";
        request.Headers.SetValue("x-ms-version", version);
        request.Headers.SetValue("Accept", "application/xml");
        if (method == RequestMethod.Put)
            request.Headers.SetValue("Content-Length", "0");
        return message;
    }

    /// <exception cref="RequestFailedException">Any status that is not expected; the service's error code is set.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken, params int[] expected)
    {
        await SendAsync(message, sent => expected.Contains(sent.Status), cancellationToken).ConfigureAwait(false);
        return message.Response;
    }

    public Task SendAsync(HttpMessage message, CancellationToken cancellationToken) => SendAsync(message, _ => true, cancellationToken);

    private async Task SendAsync(HttpMessage message, Func<Response, bool> isExpected, CancellationToken cancellationToken)
    {
        using var span = Start(message);
        try
        {
            await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
            if (!isExpected(message.Response))
                throw new RequestFailedException(message.Response);
        }
        catch (Exception e)
        {
            span.Failed(e);
            throw;
        }
    }

    private ClientSpan Start(HttpMessage message)
    {
        // Working out the name takes longer than asking whether anybody wants it.
        if (!ClientDiagnostics.IsSwitchedOn())
            return default;
        var (client, operation) = BlobOperations.Of(message.Request);
        return diagnostics.Start(client, operation);
    }

    /// <summary>Whether a refusal only says that there is nothing.</summary>
    public static bool IsMissing(RequestFailedException failure) => failure.Status == 404;

    public static string? Number(long? value) => value?.ToString(CultureInfo.InvariantCulture);
}
