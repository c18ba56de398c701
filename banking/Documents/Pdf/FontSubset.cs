using System.Buffers.Binary;
using System.Text;

namespace Serverless.Banking.Documents;

/// <summary>The glyphs of a font that one document uses, numbered in the order of their first use.</summary>
/// <remarks>A whole font has some 700 kB, the letters of a statement some 20.</remarks>
internal sealed class FontSubset
{
    private const int ArgumentsAreWords = 0x0001;
    private const int HasScale = 0x0008;
    private const int HasMore = 0x0020;
    private const int HasTwoScales = 0x0040;
    private const int HasMatrix = 0x0080;

    private static readonly Rune Unknown = new('?');

    private readonly List<int> used = [0];
    private readonly Dictionary<int, int> numbers = new() { [0] = 0 };

    public FontSubset(TrueTypeFont font) => Font = font;

    public TrueTypeFont Font { get; }

    /// <summary>By the document's glyph number; 0 stands for nothing.</summary>
    public List<Rune?> Characters { get; } = [null];

    /// <summary>Glyph numbers of a text in this document; a character that the font lacks is shown as a question mark.</summary>
    public IEnumerable<int> Write(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            var (character, glyph) = Font.GlyphOf(rune) is var found and not 0 ? (rune, found) : (Unknown, Font.GlyphOf(Unknown));
            if (!numbers.TryGetValue(glyph, out var number))
            {
                number = Add(glyph);
                Characters.Add(character);
            }

            yield return number;
        }
    }

    /// <summary>In thousandths of the font size.</summary>
    public int Measure(string text)
    {
        var width = 0;
        foreach (var rune in text.EnumerateRunes())
            width += Font.WidthOf(Font.GlyphOf(rune) is var glyph and not 0 ? glyph : Font.GlyphOf(Unknown));
        return width;
    }

    /// <summary>Of every glyph that was written, in thousandths of the font size.</summary>
    public IEnumerable<int> Widths() => used.Take(Characters.Count).Select(Font.WidthOf);

    /// <summary>A font file of the used glyphs, and of the parts that composed ones (ë is e and a dieresis) are made of. Nothing is written afterwards.</summary>
    public byte[] ToFile()
    {
        // A part met here is added behind the written glyphs, and is looked at in its turn.
        var outlines = new List<byte[]>();
        for (var i = 0; i < used.Count; i++)
            outlines.Add(Renumber(Font.Outline(used[i]).ToArray()));

        var (loca, metrics) = (new byte[4 * (outlines.Count + 1)], new byte[4 * outlines.Count]);
        using var glyf = new MemoryStream();
        for (var i = 0; i < outlines.Count; i++)
        {
            glyf.Write(outlines[i]);
            glyf.SetLength(glyf.Position = (glyf.Position + 3) & ~3L);
            BinaryPrimitives.WriteUInt32BigEndian(loca.AsSpan(4 * (i + 1)), (uint)glyf.Position);
            BinaryPrimitives.WriteUInt16BigEndian(metrics.AsSpan(4 * i), (ushort)Font.Advance(used[i]));
            BinaryPrimitives.WriteInt16BigEndian(metrics.AsSpan((4 * i) + 2), (short)Font.LeftBearing(used[i]));
        }

        var (head, hhea, maxp) = (Font.Table("head").ToArray(), Font.Table("hhea").ToArray(), Font.Table("maxp").ToArray());
        BinaryPrimitives.WriteUInt32BigEndian(head.AsSpan(8), 0);
        BinaryPrimitives.WriteUInt16BigEndian(head.AsSpan(50), 1);
        BinaryPrimitives.WriteUInt16BigEndian(hhea.AsSpan(34), (ushort)outlines.Count);
        BinaryPrimitives.WriteUInt16BigEndian(maxp.AsSpan(4), (ushort)outlines.Count);
        return Assemble(
        [
            ("cvt ", Font.Table("cvt ").ToArray()), ("fpgm", Font.Table("fpgm").ToArray()), ("glyf", glyf.ToArray()), ("head", head), ("hhea", hhea),
            ("hmtx", metrics), ("loca", loca), ("maxp", maxp), ("prep", Font.Table("prep").ToArray()),
        ]);
    }

    private int Add(int glyph)
    {
        used.Add(glyph);
        return numbers[glyph] = used.Count - 1;
    }

    private byte[] Renumber(byte[] outline)
    {
        if (outline.Length == 0 || BinaryPrimitives.ReadInt16BigEndian(outline) >= 0)
            return outline;

        int flags;
        var at = 10;
        do
        {
            flags = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at));
            var part = BinaryPrimitives.ReadUInt16BigEndian(outline.AsSpan(at + 2));
            var number = numbers.TryGetValue(part, out var known) ? known : Add(part);
            BinaryPrimitives.WriteUInt16BigEndian(outline.AsSpan(at + 2), (ushort)number);
            at += 4 + ((flags & ArgumentsAreWords) != 0 ? 4 : 2)
                + ((flags & HasScale) != 0 ? 2 : (flags & HasTwoScales) != 0 ? 4 : (flags & HasMatrix) != 0 ? 8 : 0);
        }
        while ((flags & HasMore) != 0);
        return outline;
    }

    private static byte[] Assemble((string Tag, byte[] Content)[] tables)
    {
        tables = [.. tables.Where(table => table.Content.Length > 0)];
        var largest = 1 << (31 - int.LeadingZeroCount(tables.Length));
        var file = new byte[12 + (16 * tables.Length) + tables.Sum(table => (table.Content.Length + 3) & ~3)];
        BinaryPrimitives.WriteUInt32BigEndian(file, 0x00010000);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(4), (ushort)tables.Length);
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(6), (ushort)(16 * largest));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(8), (ushort)int.Log2(largest));
        BinaryPrimitives.WriteUInt16BigEndian(file.AsSpan(10), (ushort)(16 * (tables.Length - largest)));
        var (at, headAt) = (12 + (16 * tables.Length), 0);
        for (var i = 0; i < tables.Length; i++)
        {
            var (tag, content) = tables[i];
            content.CopyTo(file, at);
            var record = file.AsSpan(12 + (16 * i), 16);
            Encoding.ASCII.GetBytes(tag, record);
            BinaryPrimitives.WriteUInt32BigEndian(record[4..], Sum(file.AsSpan(at, (content.Length + 3) & ~3)));
            BinaryPrimitives.WriteUInt32BigEndian(record[8..], (uint)at);
            BinaryPrimitives.WriteUInt32BigEndian(record[12..], (uint)content.Length);
            headAt = tag == "head" ? at : headAt;
            at += (content.Length + 3) & ~3;
        }

        // The whole file must add up to this number of the format.
        BinaryPrimitives.WriteUInt32BigEndian(file.AsSpan(headAt + 8), 0xB1B0AFBA - Sum(file));
        return file;
    }

    private static uint Sum(ReadOnlySpan<byte> words)
    {
        var sum = 0u;
        for (var i = 0; i < words.Length; i += 4)
            sum += BinaryPrimitives.ReadUInt32BigEndian(words[i..]);
        return sum;
    }
}
