using System.Globalization;
using System.Text;

namespace Serverless.Banking.Documents;

/// <summary>What is drawn on one page of A4; points (1/72 inch) from its lower left corner.</summary>
internal sealed class PdfPage(PdfFile file)
{
    public const double Width = 595.28;
    public const double Height = 841.89;

    private readonly StringBuilder content = new();

    public string Content => content.ToString();

    public void Text(string text, double x, double y, double size, bool bold = false, double gray = 0)
    {
        var subset = file.Font(bold);
        content.Append(CultureInfo.InvariantCulture, $"BT /{(bold ? "F2" : "F1")} {size:0.##} Tf {gray:0.##} g {x:0.##} {y:0.##} Td <");
        foreach (var glyph in subset.Write(text))
            content.Append(glyph.ToString("X4", CultureInfo.InvariantCulture));
        content.Append("> Tj ET\n");
    }

    /// <summary>The same, ending at <paramref name="right"/>.</summary>
    public void TextRight(string text, double right, double y, double size, bool bold = false, double gray = 0) =>
        Text(text, right - file.Measure(text, size, bold), y, size, bold, gray);

    public void Line(double fromX, double toX, double y, double width, double gray) => content.Append(
        CultureInfo.InvariantCulture, $"{gray:0.##} G {width:0.##} w {fromX:0.##} {y:0.##} m {toX:0.##} {y:0.##} l S\n");
}
