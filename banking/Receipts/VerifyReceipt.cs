using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Serverless.Banking.Keys;

namespace Serverless.Banking.Receipts;

/// <summary>Tells whether a text is a receipt that this bank signed, and what it states.</summary>
public sealed class VerifyReceipt(ReceiptKeys keys, IOptions<ReceiptsOptions> options)
{
    public const int LengthAtMost = 32 * 1024;

    /// <returns>What the receipt states; or <see cref="ReceiptNotGenuine"/>.</returns>
    public Result<Receipt> Run(string text)
    {
        var parts = text.Length <= LengthAtMost ? text.Split('.') : [];
        if (parts is not [var header, var claims, var signature] || !parts.All(part => Base64Url.IsValid(part) && !part.Any(char.IsWhiteSpace)))
        {
            return new ReceiptNotGenuine();
        }

        // Only ES256 and only the bank's own keys: what the header says beyond that is not asked.
        return FindKey(Base64Url.DecodeFromChars(header)) is { } key
            && key.Verifies(Encoding.ASCII.GetBytes($"{header}.{claims}"), Base64Url.DecodeFromChars(signature))
            && ReceiptText.Read(Base64Url.DecodeFromChars(claims)) is { } receipt && receipt.Issuer == options.Value.Issuer
                ? receipt
                : new ReceiptNotGenuine();
    }

    private P256Key? FindKey(byte[] header)
    {
        try
        {
            using var json = JsonDocument.Parse(header);
            return Text(json, "alg") == "ES256" && Text(json, "typ") == SignReceipt.Type && !json.RootElement.TryGetProperty("crit", out _)
                && Text(json, "kid") is { } id
                    ? keys.Find(id)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string? Text(JsonDocument json, string name) => json.RootElement.TryGetProperty(name, out var value) ? value.GetString() : null;
}
