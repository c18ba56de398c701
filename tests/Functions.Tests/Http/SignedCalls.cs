using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Serverless.Testing;

namespace Serverless.Functions.Tests.Http;

/// <summary>Webhooks as a partner sends them (Standard Webhooks).</summary>
internal static class SignedCalls
{
    /// <param name="at">Of the timestamp.</param>
    /// <param name="signedBody">What is signed instead of what is sent.</param>
    public static Task<Answer> TellAsync(this HttpBank bank, string partner, string secret, string id, DateTimeOffset at, string body, string? signedBody = null)
    {
        var timestamp = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]), Encoding.UTF8.GetBytes($"{id}.{timestamp}.{signedBody ?? body}"));
        return bank.CallAsync("POST", $"webhooks/{partner}", body, change: request =>
        {
            request.Headers.Add("webhook-id", id);
            request.Headers.Add("webhook-timestamp", timestamp);
            request.Headers.Add("webhook-signature", $"v1,{Convert.ToBase64String(signature)}");
        });
    }
}
