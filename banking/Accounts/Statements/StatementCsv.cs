using System.Globalization;
using System.Text;

namespace Serverless.Banking.Accounts;

/// <summary>The statement's lines for a spreadsheet: RFC 4180, UTF-8 with a byte order mark, by which spreadsheets know Albanian letters.</summary>
internal static class StatementCsv
{
    private const string Head = "number,bookedOn,description,counterparty,counterpartyAccount,amount,balance,currency,kind,transactionId";

    public static byte[] Write(AccountStatement statement)
    {
        var text = new StringBuilder(Head).Append("\r\n");
        foreach (var entry in statement.Entries)
        {
            text.AppendJoin(',', ((string?[])
            [
                entry.Sequence.ToString(CultureInfo.InvariantCulture), entry.BookedOn.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture),
                Harmless(entry.Description), Harmless(entry.Counterparty?.Name), entry.Counterparty?.Account, entry.Amount.ToDecimalString(),
                entry.BalanceAfter.ToDecimalString(), entry.Amount.Currency.Code, entry.Kind, entry.Transaction.ToString(),
            ]).Select(Quoted)).Append("\r\n");
        }

        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    /// <summary>What others wrote must not become a formula in the reader's spreadsheet.</summary>
    private static string? Harmless(string? text) => text is { Length: > 0 } && "=+-@\t\r".Contains(text[0], StringComparison.Ordinal) ? "'" + text : text;

    private static string Quoted(string? field) => field is null ? ""
        : field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : field;
}
