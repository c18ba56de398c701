using System.Globalization;
using System.Text;

namespace Azure.Data.Tables.Internal;

/// <summary>The multipart answer to a transaction: one part per action, or a single part that says which one was refused.</summary>
internal static class TransactionAnswer
{
    /// <returns>The parts in the order of the actions.</returns>
    public static IReadOnlyList<Response> Read(Response response)
    {
        var parts = new List<Response>();
        var text = Encoding.UTF8.GetString(response.Content.ToMemory().Span);
        for (var start = text.IndexOf("HTTP/1.1 ", StringComparison.Ordinal); start >= 0;)
        {
            var next = text.IndexOf("\nHTTP/1.1 ", start, StringComparison.Ordinal);
            parts.Add(ReadPart(next < 0 ? text[start..] : text[start..next], response.ClientRequestId));
            start = next < 0 ? -1 : next + 1;
        }

        return parts;
    }

    private static BufferedResponse ReadPart(string text, string clientRequestId)
    {
        var lines = text.Split('\n');
        var status = lines[0].TrimEnd('\r').Split(' ', 3);
        var part = new BufferedResponse(
            int.Parse(status[1], CultureInfo.InvariantCulture), status.Length > 2 ? status[2] : "", clientRequestId);

        var line = 1;
        for (; line < lines.Length && lines[line].TrimEnd('\r') is { Length: > 0 } header; line++)
        {
            var colon = header.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0)
                part.AddHeader(header[..colon], header[(colon + 1)..].Trim());
        }

        // What follows the blank line up to the next boundary is the body; only a refusal has one.
        var body = string.Join('\n', lines.Skip(line + 1).TakeWhile(row => !row.StartsWith("--", StringComparison.Ordinal))).Trim();
        part.SetContent(Encoding.UTF8.GetBytes(body));
        return part;
    }
}
