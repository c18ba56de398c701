using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Serverless.Banking.Partners;

/// <summary>The signature of Standard Webhooks: HMAC-SHA256 over id, time and body. Source: the Standard Webhooks specification, v1.</summary>
public static class WebhookSignature
{
    /// <summary>Older or newer messages are refused, so that a stolen one cannot be used later.</summary>
    public static Duration Tolerance { get; } = Duration.FromMinutes(5);

    /// <param name="secret"><c>whsec_</c> and base64.</param>
    /// <param name="signatures">One or more <c>v1,base64</c>, separated by spaces: the sender may be changing its secret.</param>
    public static bool IsGood(string secret, string id, string timestamp, string signatures, ReadOnlySpan<byte> body, Instant now)
    {
        if (!long.TryParse(timestamp, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds)
            || seconds > 253402300799 || id.Length is 0 or > 255)
        {
            return false;
        }

        var age = now - Instant.FromUnixTimeSeconds(seconds);
        if (age > Tolerance || age < -Tolerance)
            return false;

        var expected = Sign(secret, id, timestamp, body);
        var isGood = false;
        foreach (var signature in signatures.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            // Every one is compared, and each in constant time.
            var theirs = signature.StartsWith("v1,", StringComparison.Ordinal) ? Decode(signature[3..]) : null;
            isGood |= theirs is not null && CryptographicOperations.FixedTimeEquals(theirs, expected);
        }

        return isGood;
    }

    /// <returns><c>v1,</c> and base64.</returns>
    public static string Of(string secret, string id, string timestamp, ReadOnlySpan<byte> body) => $"v1,{Convert.ToBase64String(Sign(secret, id, timestamp, body))}";

    private static byte[] Sign(string secret, string id, string timestamp, ReadOnlySpan<byte> body)
    {
        var key = Convert.FromBase64String(secret.StartsWith("whsec_", StringComparison.Ordinal) ? secret["whsec_".Length..] : secret);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(Encoding.UTF8.GetBytes($"{id}.{timestamp}."));
        hmac.AppendData(body);
        return hmac.GetHashAndReset();
    }

    private static byte[]? Decode(string text)
    {
        var bytes = new byte[64];
        return Convert.TryFromBase64String(text, bytes, out var length) ? bytes[..length] : null;
    }
}
