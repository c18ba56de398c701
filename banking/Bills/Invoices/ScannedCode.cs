namespace Serverless.Banking.Bills;

/// <summary>What the code printed on a bill says (docs/partners.md, "Scanned bill codes").</summary>
/// <param name="Company">The company's id as a QR code names it; null for a barcode.</param>
/// <param name="Gln">The company's GLN as a barcode names it; null for a QR code.</param>
public sealed record ScannedCode(string? Company, string? Gln, string ClientCode, string InvoiceNumber)
{
    /// <summary>No bill code is longer: a GS1-128 symbol has at most 48 characters, and the QR form three fields of at most 75.</summary>
    private const int LengthAtMost = 300;

    private const char GroupSeparator = '\u001D';

    /// <returns>Null for text that is neither form, or lacks a part.</returns>
    public static ScannedCode? Find(string? text)
    {
        if (text is null || text.Length > LengthAtMost)
            return null;

        var trimmed = text.Trim(' ', '\r', '\n', '\t');
        return trimmed.StartsWith("ALBILL;", StringComparison.Ordinal) ? FindQr(trimmed) : FindBarcode(trimmed);
    }

    private static ScannedCode? FindQr(string text) => text.Split(';') switch
    {
        ["ALBILL", "1", var company, var clientCode, var number] =>
            Whole(Uri.UnescapeDataString(company), null, Uri.UnescapeDataString(clientCode), Uri.UnescapeDataString(number)),
        _ => null,
    };

    private static ScannedCode? FindBarcode(string text)
    {
        // "]C1" is the symbology identifier that some scanners put before GS1-128 data.
        var data = text.StartsWith("]C1", StringComparison.Ordinal) ? text[3..] : text;
        var elements = data.StartsWith('(') ? WithParentheses(data) : WithSeparators(data);
        return elements is not null && elements.TryGetValue("415", out var gln) && elements.TryGetValue("8020", out var number) && elements.TryGetValue("90", out var clientCode)
            ? Whole(null, gln, clientCode, number)
            : null;
    }

    private static ScannedCode? Whole(string? company, string? gln, string clientCode, string number) =>
        clientCode.Length is > 0 and <= ClientCodeFormat.LengthAtMost && Bills.InvoiceNumber.IsValid(number) && gln is null or { Length: 13 } && company is null or { Length: > 0 }
            ? new ScannedCode(company, gln, clientCode, number)
            : null;

    /// <summary>As printed under the bars: <c>(415)5300000000014(8020)000000001(90)TR0.A0000000000000</c>.</summary>
    private static Dictionary<string, string>? WithParentheses(string data)
    {
        var elements = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var at = 0; at < data.Length;)
        {
            var close = data.IndexOf(')', at);
            if (data[at] != '(' || close < 0)
                return null;

            var next = data.IndexOf('(', close);
            var end = next < 0 ? data.Length : next;
            if (!elements.TryAdd(data[(at + 1)..close], data[(close + 1)..end].TrimEnd(GroupSeparator)))
                return null;
            at = end;
        }

        return elements;
    }

    /// <summary>As the bars themselves have it: 415 is 13 digits long, the others end with the group separator or the text.</summary>
    private static Dictionary<string, string>? WithSeparators(string data)
    {
        var elements = new Dictionary<string, string>(StringComparer.Ordinal);
        var rest = data.AsSpan();
        while (!rest.IsEmpty)
        {
            var identifier = rest.StartsWith("415") ? "415" : rest.StartsWith("8020") ? "8020" : rest.StartsWith("90") ? "90" : null;
            if (identifier is null)
                return null;

            rest = rest[identifier.Length..];
            var separator = rest.IndexOf(GroupSeparator);
            var length = identifier == "415" ? Math.Min(13, rest.Length) : separator < 0 ? rest.Length : separator;
            if (!elements.TryAdd(identifier, rest[..length].ToString()))
                return null;
            rest = rest[length..].TrimStart(GroupSeparator);
        }

        return elements;
    }
}
