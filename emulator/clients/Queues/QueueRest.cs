using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Serverless.Emulator.Queues;

/// <summary>Builds and sends one request of the queue REST API.</summary>
internal sealed class QueueRest(HttpPipeline pipeline, string? sharedAccessSignature)
{
    private const string Version = "2025-11-05";

    /// <param name="path">Below the account, escaped; null for the account itself.</param>
    /// <param name="query">Parameters with a null value are left out.</param>
    public HttpMessage Create(RequestMethod method, Uri endpoint, string? path, RequestContent? content, params (string Name, string? Value)[] query)
    {
        var message = pipeline.CreateMessage();
        message.BufferResponse = true;
        var request = message.Request;
        request.Method = method;
        request.Uri.Reset(endpoint);
        request.Uri.AppendPath(path is null ? "/" : $"/{path}", escape: false);
        foreach (var (name, value) in query)
        {
            if (value is not null)
                request.Uri.AppendQuery(name, value, escapeValue: true);
        }

        if (sharedAccessSignature is not null)
            request.Uri.Query = request.Uri.Query is { Length: > 0 } present ? $"{present}&{sharedAccessSignature}" : $"?{sharedAccessSignature}";
        request.Headers.SetValue("x-ms-version", Version);
        request.Headers.SetValue("Accept", "application/xml");
        if (content is not null)
        {
            request.Content = content;
            request.Headers.SetValue("Content-Type", "application/xml");
        }
        else if (method != RequestMethod.Get && method != RequestMethod.Delete)
        {
            request.Headers.SetValue("Content-Length", "0");
        }

        return message;
    }

    /// <exception cref="RequestFailedException">Any status that is not expected; the service's error code is set.</exception>
    public async Task<Response> SendAsync(HttpMessage message, CancellationToken cancellationToken, params int[] expected)
    {
        await pipeline.SendAsync(message, cancellationToken).ConfigureAwait(false);
        return expected.Contains(message.Response.Status) ? message.Response : throw new RequestFailedException(message.Response);
    }
}
