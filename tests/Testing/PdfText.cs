using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace Serverless.Testing;

/// <summary>Reads the text of the bank's PDF files as a viewer does: by the cross-reference table, the page tree, and each font's map to Unicode.</summary>
/// <remarks>Fails on a file whose offsets or lengths are wrong, which a forgiving viewer would hide.</remarks>
public sealed partial class PdfText
{
    private readonly string file;
    private readonly Dictionary<int, int> offsets = [];

    private PdfText(byte[] bytes)
    {
        file = Encoding.Latin1.GetString(bytes);
        ReadOffsets();
    }

    /// <returns>The pages, each as its pieces of text in the order they were drawn, one per line.</returns>
    public static IReadOnlyList<string> PagesOf(byte[] bytes)
    {
        Xunit.Assert.StartsWith("%PDF-1.", Encoding.ASCII.GetString(bytes, 0, 8), StringComparison.Ordinal);
        var pdf = new PdfText(bytes);
        var tree = pdf.Object(pdf.Reference(pdf.Object(pdf.Root()), "Pages"));
        var kids = References().Matches(Kids().Match(tree).Groups[1].Value).Select(kid => int.Parse(kid.Groups[1].Value, CultureInfo.InvariantCulture)).ToList();
        Xunit.Assert.Contains($"/Count {kids.Count}", tree, StringComparison.Ordinal);
        return [.. kids.Select(pdf.Page)];
    }

    public static string Of(byte[] bytes) => string.Join('\n', PagesOf(bytes));

    private string Page(int number)
    {
        var page = Object(number);
        var maps = new Dictionary<string, Dictionary<string, string>>();
        foreach (var font in (string[])["F1", "F2"])
            maps[font] = Unicode(Stream(Reference(Object(Reference(page, font)), "ToUnicode")));
        var text = new StringBuilder();
        foreach (Match drawn in Drawn().Matches(Stream(Reference(page, "Contents"))))
            text.Append(string.Concat(drawn.Groups[2].Value.Chunk(4).Select(glyph => maps[drawn.Groups[1].Value][new string(glyph)]))).Append('\n');
        return text.ToString();
    }

    private static Dictionary<string, string> Unicode(string map) => Characters().Matches(map).ToDictionary(
        pair => pair.Groups[1].Value, pair => Encoding.BigEndianUnicode.GetString(Convert.FromHexString(pair.Groups[2].Value)));

    private void ReadOffsets()
    {
        var at = int.Parse(Start().Match(file).Groups[1].Value, CultureInfo.InvariantCulture);
        var lines = file[at..].Split('\n');
        Xunit.Assert.Equal("xref", lines[0]);
        var count = int.Parse(lines[1].Split(' ')[1], CultureInfo.InvariantCulture);
        for (var i = 1; i < count; i++)
        {
            offsets[i] = int.Parse(lines[2 + i][..10], CultureInfo.InvariantCulture);
            Xunit.Assert.Equal($"{i} 0 obj", file[offsets[i]..(offsets[i] + $"{i} 0 obj".Length)]);
        }
    }

    private int Root() => Reference(file[file.LastIndexOf("trailer", StringComparison.Ordinal)..], "Root");

    private int Reference(string dictionary, string name) =>
        int.Parse(Regex.Match(dictionary, $@"/{name} (\d+) 0 R").Groups[1].Value, CultureInfo.InvariantCulture);

    private string Object(int number) => file[offsets[number]..file.IndexOf("endobj", offsets[number], StringComparison.Ordinal)];

    private string Stream(int number)
    {
        var head = Object(number);
        var length = int.Parse(Length().Match(head).Groups[1].Value, CultureInfo.InvariantCulture);
        var from = file.IndexOf("stream\n", offsets[number], StringComparison.Ordinal) + "stream\n".Length;
        Xunit.Assert.Equal("\nendstream", file.Substring(from + length, "\nendstream".Length));
        return file.Substring(from, length);
    }

    [GeneratedRegex(@"startxref\n(\d+)\n%%EOF\n\z")]
    private static partial Regex Start();

    [GeneratedRegex(@"/Kids \[([^\]]*)\]")]
    private static partial Regex Kids();

    [GeneratedRegex(@"(\d+) 0 R")]
    private static partial Regex References();

    [GeneratedRegex(@"/Length (\d+)")]
    private static partial Regex Length();

    [GeneratedRegex(@"/(F\d) [^<]*<([0-9A-F]*)> Tj")]
    private static partial Regex Drawn();

    [GeneratedRegex(@"<([0-9A-F]{4})> <([0-9A-F]+)>")]
    private static partial Regex Characters();
}
