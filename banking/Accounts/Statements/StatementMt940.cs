using System.Globalization;
using System.Text;
using NodaTime;

namespace Serverless.Banking.Accounts;

/// <summary>The statement as SWIFT MT940: the text block, as customers' programs read it.</summary>
/// <remarks>Source: SWIFT's standard MT 940. Its characters are Latin without marks: ë is written e, ç c, and what has no likeness a dot.</remarks>
internal static class StatementMt940
{
    private const int LineAtMost = 65;
    private const int LinesAtMost = 6;

    public static byte[] Write(AccountStatement statement)
    {
        var text = new StringBuilder();
        void Line(string line) => text.Append(line).Append("\r\n");

        Line($":20:{statement.Number[^Math.Min(16, statement.Number.Length)..]}");
        Line($":25:{statement.Account.Iban.Electronic}");
        Line($":28C:{statement.Span.End.ToString("yy", CultureInfo.InvariantCulture)}{statement.Span.End.DayOfYear.ToString("D3", CultureInfo.InvariantCulture)}/1");
        Line($":60F:{Balance(statement.Opening, statement.Span.Start)}");
        foreach (var entry in statement.Entries)
        {
            var reference = entry.Transaction.ToString();
            Line($":61:{Day(entry.BookedOn)}{entry.BookedOn.ToString("MMdd", CultureInfo.InvariantCulture)}{Mark(entry.Amount)}{Amount(entry.Amount)}NTRF{reference[..16]}//{reference[16..]}");
            var lines = Wrap(Plain(string.Join(' ', ((string?[])[entry.Description, entry.Counterparty?.Name, entry.Counterparty?.Account]).OfType<string>())));
            for (var i = 0; i < lines.Count; i++)
                Line(i == 0 ? $":86:{lines[i]}" : lines[i]);
        }

        Line($":62F:{Balance(statement.Closing, statement.Span.End)}");
        Line("-");
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    private static string Balance(Money balance, LocalDate on) => $"{Mark(balance)}{Day(on)}{balance.Currency.Code}{Amount(balance)}";

    private static string Mark(Money amount) => amount.Minor < 0 ? "D" : "C";

    /// <summary>A decimal comma, also where nothing follows it.</summary>
    private static string Amount(Money amount)
    {
        var text = (amount.Minor < 0 ? -amount : amount).ToDecimalString();
        return text.Contains('.', StringComparison.Ordinal) ? text.Replace('.', ',') : text + ",";
    }

    private static string Day(LocalDate day) => day.ToString("yyMMdd", CultureInfo.InvariantCulture);

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(c switch
            {
                'ë' or 'é' or 'è' or 'ê' => 'e',
                'Ë' or 'É' or 'È' or 'Ê' => 'E',
                'ç' => 'c',
                'Ç' => 'C',
                'á' or 'à' or 'â' or 'ä' => 'a',
                'ö' or 'ó' or 'ò' or 'ô' => 'o',
                'ü' or 'ú' or 'ù' or 'û' => 'u',
                'ï' or 'í' or 'ì' or 'î' => 'i',
                _ when char.IsAsciiLetterOrDigit(c) || " /-?().,'+".Contains(c, StringComparison.Ordinal) => c,
                ':' => ' ',
                _ => '.',
            });
        }

        return plain.ToString();
    }

    /// <summary>Six lines of 65 at most; none may begin with what looks like a field or the end of the block.</summary>
    private static List<string> Wrap(string text) =>
        [.. text.Chunk(LineAtMost).Take(LinesAtMost).Select(line => new string(line)).Select(line => line[0] is '-' ? " " + line[1..] : line).DefaultIfEmpty("NONREF")];
}
