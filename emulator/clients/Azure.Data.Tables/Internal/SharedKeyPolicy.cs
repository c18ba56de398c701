using System.Globalization;
using Azure.Core;
using Azure.Core.Pipeline;

namespace Azure.Data.Tables.Internal;

/// <summary>Signs each try with Shared Key Lite: HMAC-SHA256 over the date and <c>/account/path</c>.</summary>
internal sealed class SharedKeyPolicy(TableSharedKeyCredential credential) : HttpPipelineSynchronousPolicy
{
    public override void OnSendingRequest(HttpMessage message)
    {
        var date = DateTimeOffset.UtcNow.ToString("r", CultureInfo.InvariantCulture);
        var uri = message.Request.Uri.ToUri();
        var stringToSign = $"{date}\n/{credential.AccountName}{uri.AbsolutePath}{CompOf(uri.Query)}";
        message.Request.Headers.SetValue("x-ms-date", date);
        message.Request.Headers.SetValue("Authorization", $"SharedKeyLite {credential.AccountName}:{credential.Sign(stringToSign)}");
    }

    /// <summary>Of the query only <c>comp</c> is part of the resource.</summary>
    private static string CompOf(string query)
    {
        foreach (var range in query.AsSpan().TrimStart('?').Split('&'))
        {
            var part = query.AsSpan().TrimStart('?')[range];
            if (part.StartsWith("comp=", StringComparison.OrdinalIgnoreCase))
                return $"?{part}";
        }

        return "";
    }
}
