using NodaTime;

namespace Serverless.Banking.Partners;

/// <summary>A partner's webhook as it came; nothing in it is trusted before its signature is.</summary>
/// <param name="Timestamp">Unix seconds.</param>
/// <param name="Signatures">One or more, separated by spaces.</param>
/// <param name="Body">The bytes that are signed.</param>
public sealed record SignedWebhook(string Id, string Timestamp, string Signatures, ReadOnlyMemory<byte> Body)
{
    /// <param name="secret">Null or empty: the bank has agreed on none with this partner, and nothing is good.</param>
    public bool IsSignedWith(string? secret, Instant now) =>
        secret is { Length: > 0 } && WebhookSignature.IsGood(secret, Id, Timestamp, Signatures, Body.Span, now);
}
