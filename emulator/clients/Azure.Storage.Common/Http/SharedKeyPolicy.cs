using System.Globalization;
using System.Text;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Storage;

namespace Serverless.Emulator.Storage;

/// <summary>Signs every try of a blob or queue request with the account key (Authorization: SharedKey).</summary>
/// <remarks>Source: "Authorize with Shared Key" of the storage REST reference, version 2015-02-21 and later. Tables sign differently.</remarks>
internal sealed class SharedKeyPolicy(StorageSharedKeyCredential credential, TimeProvider? time = null) : HttpPipelineSynchronousPolicy
{
    private static readonly string[] Signed =
        ["Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Type", "Date",
            "If-Modified-Since", "If-Match", "If-None-Match", "If-Unmodified-Since", "Range"];

    private readonly TimeProvider _time = time ?? TimeProvider.System;

    public override void OnSendingRequest(HttpMessage message)
    {
        var request = message.Request;
        request.Headers.SetValue("x-ms-date", _time.GetUtcNow().ToString("R", CultureInfo.InvariantCulture));
        request.Headers.SetValue("Authorization", $"SharedKey {credential.AccountName}:{credential.Sign(StringToSign(request))}");
    }

    private string StringToSign(Request request)
    {
        var text = new StringBuilder(256).Append(request.Method.Method).Append('\n');
        foreach (var name in Signed)
            text.Append(Value(request, name)).Append('\n');
        AppendHeaders(text, request);
        AppendResource(text, request.Uri.ToUri());
        return text.ToString();
    }

    private static string? Value(Request request, string name)
    {
        if (name == "Content-Length")
            return Length(request) is > 0 and var length ? length.ToString(CultureInfo.InvariantCulture) : "";
        // x-ms-date is always sent, and then Date stays empty.
        return name != "Date" && request.Headers.TryGetValue(name, out var value) ? value : "";
    }

    private static long Length(Request request)
    {
        if (request.Headers.TryGetValue("Content-Length", out var header) && long.TryParse(header, CultureInfo.InvariantCulture, out var declared))
            return declared;
        return request.Content is { } content && content.TryComputeLength(out var computed) ? computed : 0;
    }

    private static void AppendHeaders(StringBuilder text, Request request)
    {
        var headers = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var header in request.Headers)
        {
            var name = header.Name.ToLowerInvariant();
            if (name.StartsWith("x-ms-", StringComparison.Ordinal))
                headers[name] = header.Value.Trim();
        }

        foreach (var (name, value) in headers)
            text.Append(name).Append(':').Append(value).Append('\n');
    }

    private void AppendResource(StringBuilder text, Uri uri)
    {
        text.Append('/').Append(credential.AccountName).Append(uri.AbsolutePath.Length > 0 ? uri.AbsolutePath : "/");
        var parameters = new SortedDictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var pair in uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var name = Uri.UnescapeDataString(equals < 0 ? pair : pair[..equals]).ToLowerInvariant();
            var value = equals < 0 ? "" : Uri.UnescapeDataString(pair[(equals + 1)..]);
            if (parameters.TryGetValue(name, out var values))
                values.Add(value);
            else
                parameters[name] = [value];
        }

        foreach (var (name, values) in parameters)
        {
            values.Sort(StringComparer.Ordinal);
            text.Append('\n').Append(name).Append(':').AppendJoin(',', values);
        }
    }
}
