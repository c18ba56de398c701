using NodaTime;

namespace Serverless.Banking.Partners;

/// <summary>A partner's webhook as it came; nothing in it is trusted before its signature is.</summary>
/// <param name="Timestamp">Unix seconds.</param>
/// <param name="Signatures">One or more, separated by spaces.</param>
/// <param name="Body">The bytes that are signed.</param>
public sealed record SignedWebhook(string Id, string Timestamp, string Signatures, ReadOnlyMemory<byte> Body)
{
    /// <param name="secrets">Each is good while the partner changes its secret. None: the bank has agreed on none with this partner, and nothing is good.</param>
    public bool IsSignedWith(IReadOnlyList<string> secrets, Instant now)
    {
        // All of them are tried, so that the time taken tells nothing.
        var isGood = false;
        foreach (var secret in secrets)
            isGood |= WebhookSignature.IsGood(secret, Id, Timestamp, Signatures, Body.Span, now);
        return isGood;
    }
}
