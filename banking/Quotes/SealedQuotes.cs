using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Storage;

namespace Serverless.Banking.Quotes;

/// <summary>A prepared operation as its customer holds it: the bank keeps nothing of it until it is confirmed.</summary>
/// <param name="Id">Names the quote for ever: derive the operation's id from it, and a quote is used once.</param>
/// <param name="Text">What the customer sends back to confirm; at most <see cref="SealedQuotes.LengthAtMost"/> characters.</param>
/// <param name="Demand">What confirming takes; null where nothing is confirmed (a reference, say).</param>
public sealed record SealedQuote<T>(Guid Id, string Text, T Content, Instant ExpiresAt, ConfirmationDemand? Demand = null);

/// <summary>Of a sealed text what confirming needs, whatever its content is.</summary>
internal sealed record OpenedDemand(Guid Id, string Text, Instant ExpiresAt, ConfirmationDemand? Demand);

/// <summary>Quotes that are not stored: what was shown travels to the customer and back, sealed, so that confirming saves reading it (TRF-44).</summary>
/// <remarks>
/// The seal binds the content to the customer and the purpose; nobody else can open it, nobody can alter it. That a quote is confirmed once is
/// for the operation to see to, by its id. Content: records of text, numbers, booleans, ids, amounts, dates, moments. See docs/adr/0008-sealed-quotes.md.
/// </remarks>
public sealed class SealedQuotes(IOptions<QuotesOptions> options, TimeProvider time)
{
    public const int LengthAtMost = 4000;

    private readonly Lazy<byte[][]> keys = new(() => [.. options.Value.OldKeys.Prepend(options.Value.Key).Select(Convert.FromBase64String)]);

    /// <summary>Five minutes unless the settings say otherwise.</summary>
    public Duration Lifetime => Duration.FromTimeSpan(options.Value.Lifetime);

    /// <param name="purpose">Which operation may open it: <c>own_transfer</c>.</param>
    /// <param name="demand">What confirming takes, for whatever is confirmed.</param>
    public SealedQuote<T> Seal<T>(CustomerId customer, string purpose, T content, Duration? lifetime = null, ConfirmationDemand? demand = null)
    {
        var id = new Guid(RandomNumberGenerator.GetBytes(16));
        var expiresAt = Instant.FromDateTimeOffset(time.GetUtcNow()) + (lifetime ?? Lifetime);
        var plain = JsonSerializer.SerializeToUtf8Bytes(new Envelope<T>(id, expiresAt.ToUnixTimeMilliseconds(), content, demand), StoredJson.Options);
        var text = SealedText.Seal(keys.Value[0], Bind(customer, purpose), plain);
        return text.Length <= LengthAtMost
            ? new SealedQuote<T>(id, text, content, Instant.FromUnixTimeMilliseconds(expiresAt.ToUnixTimeMilliseconds()), demand)
            : throw new ArgumentException("The content is too long for a quote.", nameof(content));
    }

    /// <returns>The quote; or, first match: <see cref="QuoteNotFound"/> (no quote, an altered one, somebody else's, of another operation), <see cref="QuoteExpired"/>.</returns>
    public Result<SealedQuote<T>> Open<T>(CustomerId customer, string purpose, string text) =>
        OpenEvenExpired<T>(customer, purpose, text)
            .Then<SealedQuote<T>>(quote => quote.ExpiresAt > Instant.FromDateTimeOffset(time.GetUtcNow()) ? quote : new QuoteExpired(quote.ExpiresAt));

    /// <summary>For a retry: an order that was taken in time is answered again after its quote has expired.</summary>
    /// <returns>The quote; or <see cref="QuoteNotFound"/>.</returns>
    public Result<SealedQuote<T>> OpenEvenExpired<T>(CustomerId customer, string purpose, string text)
    {
        if (SealedText.Open(keys.Value, Bind(customer, purpose), text) is not { } plain)
            return new QuoteNotFound();
        var envelope = JsonSerializer.Deserialize<Envelope<T>>(plain, StoredJson.Options)!;
        return new SealedQuote<T>(envelope.Id, text, envelope.Content, Instant.FromUnixTimeMilliseconds(envelope.ExpiresAt), envelope.Demand);
    }

    /// <summary>What confirming takes, expired or not.</summary>
    /// <returns>Or <see cref="QuoteNotFound"/>.</returns>
    internal Result<OpenedDemand> OpenDemand(CustomerId customer, string purpose, string text) =>
        OpenEvenExpired<JsonElement>(customer, purpose, text).Then<OpenedDemand>(quote => new OpenedDemand(quote.Id, quote.Text, quote.ExpiresAt, quote.Demand));

    private static string Bind(CustomerId customer, string purpose) => $"{purpose}\n{customer.Value}";

    private sealed record Envelope<T>(Guid Id, long ExpiresAt, T Content, ConfirmationDemand? Demand = null);
}
