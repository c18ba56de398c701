using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using NodaTime.Text;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Receipts;

/// <summary>A receipt as the claims of a JWT (RFC 7519), the bank's own beside the registered ones.</summary>
internal static class ReceiptText
{
    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static byte[] Write(Receipt receipt) => JsonSerializer.SerializeToUtf8Bytes(
        new Claims(
            receipt.Issuer, receipt.Transaction.Value, receipt.PostedAt.ToUnixTimeSeconds(), receipt.Kind, receipt.Reference, receipt.Account,
            LocalDatePattern.Iso.Format(receipt.BookedOn), InstantPattern.ExtendedIso.Format(receipt.PostedAt),
            [.. receipt.Lines.Select(line => new LineClaims(
                line.Sequence, line.Amount.ToDecimalString(), line.Amount.Currency.Code, line.Description,
                line.Counterparty is { } party ? new PartyClaims(party.Name, party.Account) : null, line.Hash))]),
        Json);

    /// <summary>Null when the claims are not a receipt's.</summary>
    public static Receipt? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            var claims = JsonSerializer.Deserialize<Claims>(text, Json)!;
            return new Receipt(
                claims.Iss, new TransactionId(claims.Jti), claims.Kind, claims.Reference, claims.Account, LocalDatePattern.Iso.Parse(claims.BookedOn).GetValueOrThrow(),
                InstantPattern.ExtendedIso.Parse(claims.PostedAt).GetValueOrThrow(),
                [.. claims.Entries.Select(line => new ReceiptLine(
                    line.Sequence, Money.Find(line.Amount, Currency.Of(line.Currency))!, line.Description,
                    line.Counterparty is { } party ? new Party(party.Name, party.Account) : null, line.Hash))]);
        }
        catch (Exception e) when (e is JsonException or ArgumentException or UnparsableValueException or NullReferenceException)
        {
            return null;
        }
    }

    private sealed record Claims(
        string Iss, Guid Jti, long Iat, string Kind, string Reference, string Account, string BookedOn, string PostedAt, LineClaims[] Entries);

    private sealed record LineClaims(long Sequence, string Amount, string Currency, string Description, PartyClaims? Counterparty, string Hash);

    private sealed record PartyClaims(string? Name, string? Account);
}
