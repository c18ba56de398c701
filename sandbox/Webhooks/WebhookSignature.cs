using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Serverless.Sandbox.Webhooks;

/// <summary>Signs as Standard Webhooks 1.0 asks: HMAC-SHA256 over id, timestamp and body.</summary>
internal static class WebhookSignature
{
    private const string SecretPrefix = "whsec_";

    /// <exception cref="InvalidOperationException">The secret is not <c>whsec_</c> and base64.</exception>
    public static string Sign(string secret, string id, long timestamp, string body)
    {
        var signed = string.Create(CultureInfo.InvariantCulture, $"{id}.{timestamp}.{body}");
        return "v1," + Convert.ToBase64String(HMACSHA256.HashData(Key(secret), Encoding.UTF8.GetBytes(signed)));
    }

    private static byte[] Key(string secret)
    {
        try
        {
            return secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
                ? Convert.FromBase64String(secret[SecretPrefix.Length..])
                : throw new FormatException();
        }
        catch (FormatException)
        {
            throw new InvalidOperationException("A webhook secret must be whsec_ followed by base64.");
        }
    }
}
