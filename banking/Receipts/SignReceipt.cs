using System.Buffers.Text;
using System.Text;
using Microsoft.Extensions.Options;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Receipts;

/// <summary>Writes the bank's signature under what a journal booked on one account: a JWS (RFC 7515, compact, ES256) that anybody can check offline.</summary>
/// <remarks>The claims of one booking are always the same; the signature is another each time, as ECDSA has it.</remarks>
public sealed class SignReceipt(ReceiptKeys keys, IOptions<ReceiptsOptions> options)
{
    internal const string Type = "receipt+jwt";

    /// <param name="iban">The account's, in electronic form: what the customer may show to others.</param>
    /// <param name="lines">What one journal booked on the account, all of it (<see cref="FindEntries"/>).</param>
    /// <exception cref="ArgumentException">There are no lines, or they are of several journals.</exception>
    public string Sign(string iban, IReadOnlyList<Entry> lines)
    {
        if (lines.Count == 0 || lines.Any(line => line.Transaction != lines[0].Transaction || line.Hash.Length == 0))
        {
            throw new ArgumentException("A receipt is of the lines of one journal.", nameof(lines));
        }

        var first = lines[0];
        return Sign(new Receipt(
            options.Value.Issuer, first.Transaction, first.Kind, first.Reference, iban, first.BookedOn, first.PostedAt,
            [.. lines.Select(line => new ReceiptLine(line.Sequence, line.Amount, line.Description, line.Counterparty, line.Hash))]));
    }

    private string Sign(Receipt receipt)
    {
        var key = keys.Signing;
        var header = Encoding.UTF8.GetBytes($$"""{"alg":"ES256","kid":"{{key.Id}}","typ":"{{Type}}"}""");
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(ReceiptText.Write(receipt))}";
        return $"{signed}.{Base64Url.EncodeToString(key.Sign(Encoding.ASCII.GetBytes(signed)))}";
    }
}
