using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using NodaTime;

namespace Serverless.Banking.Documents;

/// <summary>Writes a PDF 1.7 file (ISO 32000-1) of text and lines, with its fonts inside.</summary>
/// <remarks>
/// The same pages give the same bytes on every machine and in every year: no clock, no random names, and no compression, whose result
/// depends on the processor. The text can be searched and copied: each font carries the map back to Unicode.
/// </remarks>
internal sealed class PdfFile(DocumentFonts fonts, string title, string language, Instant madeAt)
{
    private readonly FontSubset regular = new(fonts.Regular);
    private readonly FontSubset strong = new(fonts.Bold);
    private readonly List<PdfPage> pages = [];

    public IReadOnlyList<PdfPage> Pages => pages;

    public FontSubset Font(bool bold) => bold ? strong : regular;

    /// <summary>In points.</summary>
    public double Measure(string text, double size, bool bold) => Font(bold).Measure(text) * size / 1000;

    public PdfPage AddPage()
    {
        var page = new PdfPage(this);
        pages.Add(page);
        return page;
    }

    public byte[] ToBytes()
    {
        var writer = new ObjectWriter();
        var (catalog, tree, info) = (writer.Reserve(), writer.Reserve(), writer.Reserve());
        var (f1, f2) = (WriteFont(writer, regular, "BankSans"), WriteFont(writer, strong, "BankSans-Bold"));
        var kids = pages.Select(page =>
        {
            var content = writer.AddStream(Encoding.ASCII.GetBytes(page.Content));
            return writer.Add(string.Create(
                CultureInfo.InvariantCulture,
                $"<< /Type /Page /Parent {tree} 0 R /MediaBox [0 0 {PdfPage.Width} {PdfPage.Height}] /Resources << /Font << /F1 {f1} 0 R /F2 {f2} 0 R >> >> /Contents {content} 0 R >>"));
        }).ToList();
        var made = madeAt.ToString("'D:'uuuuMMddHHmmss'Z'", CultureInfo.InvariantCulture);
        writer.Set(catalog, $"<< /Type /Catalog /Pages {tree} 0 R /Lang ({language}) /ViewerPreferences << /DisplayDocTitle true >> >>");
        writer.Set(tree, $"<< /Type /Pages /Count {kids.Count} /Kids [{string.Join(' ', kids.Select(kid => $"{kid} 0 R"))}] >>");
        writer.Set(info, $"<< /Title {Text(title)} /CreationDate ({made}) /ModDate ({made}) >>");
        return writer.ToFile(catalog, info);
    }

    private static int WriteFont(ObjectWriter writer, FontSubset subset, string name)
    {
        var font = subset.Font;
        int Scaled(int units) => units * 1000 / font.UnitsPerEm;
        var content = subset.ToFile();
        var file = writer.AddStream(content, $"/Length1 {content.Length}");
        var tagged = $"{Tag(content)}+{name}";
        var descriptor = writer.Add(
            $"<< /Type /FontDescriptor /FontName /{tagged} /Flags 4 /FontBBox [{string.Join(' ', font.Box.Select(Scaled))}] /ItalicAngle 0 "
            + $"/Ascent {Scaled(font.Ascent)} /Descent {Scaled(font.Descent)} /CapHeight {Scaled(font.CapHeight)} /StemV 80 /FontFile2 {file} 0 R >>");
        var glyphs = writer.Add(
            $"<< /Type /Font /Subtype /CIDFontType2 /BaseFont /{tagged} /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            + $"/FontDescriptor {descriptor} 0 R /CIDToGIDMap /Identity /W [0 [{string.Join(' ', subset.Widths())}]] >>");
        var unicode = writer.AddStream(Encoding.ASCII.GetBytes(UnicodeMap(subset)));
        return writer.Add(
            $"<< /Type /Font /Subtype /Type0 /BaseFont /{tagged} /Encoding /Identity-H /DescendantFonts [{glyphs} 0 R] /ToUnicode {unicode} 0 R >>");
    }

    private static string UnicodeMap(FontSubset subset)
    {
        var map = new StringBuilder("""
            /CIDInit /ProcSet findresource begin
            12 dict begin
            begincmap
            /CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
            /CMapName /Adobe-Identity-UCS def
            /CMapType 2 def
            1 begincodespacerange
            <0000> <FFFF>
            endcodespacerange

            """.ReplaceLineEndings("\n"));

        // A block may have a hundred lines.
        foreach (var block in Enumerable.Range(1, subset.Characters.Count - 1).Chunk(100))
        {
            map.Append(CultureInfo.InvariantCulture, $"{block.Length} beginbfchar\n");
            foreach (var glyph in block)
                map.Append(CultureInfo.InvariantCulture, $"<{glyph:X4}> <{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(subset.Characters[glyph]!.Value.ToString()))}>\n");
            map.Append("endbfchar\n");
        }

        return map.Append("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n").ToString();
    }

    /// <summary>Six capital letters that name the subset, as the format wants them; here from its content.</summary>
    private static string Tag(byte[] content) => string.Concat(SHA256.HashData(content).Take(6).Select(b => (char)('A' + (b % 26))));

    private static string Text(string text) => $"<FEFF{Convert.ToHexString(Encoding.BigEndianUnicode.GetBytes(text))}>";

    /// <summary>Numbers the objects of the file and remembers where each begins.</summary>
    private sealed class ObjectWriter
    {
        private readonly List<byte[]?> objects = [];

        public int Reserve()
        {
            objects.Add(null);
            return objects.Count;
        }

        public void Set(int number, string content) => objects[number - 1] = Encoding.ASCII.GetBytes(content);

        public int Add(string content)
        {
            var number = Reserve();
            Set(number, content);
            return number;
        }

        public int AddStream(byte[] content, string more = "")
        {
            var number = Reserve();
            objects[number - 1] = [.. Encoding.ASCII.GetBytes($"<< /Length {content.Length} {more}>>\nstream\n"), .. content, .. "\nendstream"u8];
            return number;
        }

        public byte[] ToFile(int catalog, int info)
        {
            using var file = new MemoryStream();
            void Write(string text) => file.Write(Encoding.Latin1.GetBytes(text));

            // The second line's bytes above 127 tell programs that copy files that this is not text.
            Write("%PDF-1.7\n%\u00e2\u00e3\u00cf\u00d3\n");
            var offsets = new List<long>();
            for (var i = 0; i < objects.Count; i++)
            {
                offsets.Add(file.Position);
                Write($"{i + 1} 0 obj\n");
                file.Write(objects[i]!);
                Write("\nendobj\n");
            }

            var (at, id) = (file.Position, Convert.ToHexString(SHA256.HashData(file.ToArray()).AsSpan(0, 16)));
            Write($"xref\n0 {objects.Count + 1}\n0000000000 65535 f \n");
            foreach (var offset in offsets)
                Write($"{offset.ToString("D10", CultureInfo.InvariantCulture)} 00000 n \n");
            Write($"trailer\n<< /Size {objects.Count + 1} /Root {catalog} 0 R /Info {info} 0 R /ID [<{id}> <{id}>] >>\nstartxref\n{at}\n%%EOF\n");
            return file.ToArray();
        }
    }
}
