using System.Buffers.Binary;
using System.Text;

namespace Serverless.Banking.Documents;

/// <summary>A TrueType font file as far as a document needs it: which glyph a character has, how wide it is, and its outline.</summary>
/// <remarks>For fonts that the build brings along, never for files of others: a damaged one throws.</remarks>
internal sealed class TrueTypeFont
{
    private readonly byte[] file;
    private readonly Dictionary<string, (int Offset, int Length)> tables = [];
    private readonly Dictionary<int, int> glyphs = [];
    private readonly int metrics;

    public TrueTypeFont(byte[] file)
    {
        this.file = file;
        var count = U16(4);
        for (var i = 0; i < count; i++)
        {
            var record = 12 + (16 * i);
            tables[Encoding.ASCII.GetString(file, record, 4)] = ((int)U32(record + 8), (int)U32(record + 12));
        }

        var head = tables["head"].Offset;
        UnitsPerEm = U16(head + 18);
        Box = [S16(head + 36), S16(head + 38), S16(head + 40), S16(head + 42)];
        HasLongOffsets = U16(head + 50) == 1;
        var hhea = tables["hhea"].Offset;
        Ascent = S16(hhea + 4);
        Descent = S16(hhea + 6);
        metrics = U16(hhea + 34);
        var os2 = tables["OS/2"].Offset;
        CapHeight = U16(os2) >= 2 ? S16(os2 + 88) : Ascent;
        ReadCharacters();
    }

    public int UnitsPerEm { get; }

    /// <summary>Left, bottom, right, top of all glyphs, in font units.</summary>
    public int[] Box { get; }

    public int Ascent { get; }

    /// <summary>Negative.</summary>
    public int Descent { get; }

    public int CapHeight { get; }

    private bool HasLongOffsets { get; }

    /// <summary>0, the font's own sign for "missing", when it has no such character.</summary>
    public int GlyphOf(Rune character) => glyphs.GetValueOrDefault(character.Value);

    /// <summary>In thousandths of the font size, as PDF counts.</summary>
    public int WidthOf(int glyph) => Advance(glyph) * 1000 / UnitsPerEm;

    public int Advance(int glyph) => U16(tables["hmtx"].Offset + (4 * Math.Min(glyph, metrics - 1)));

    public int LeftBearing(int glyph) => glyph < metrics
        ? S16(tables["hmtx"].Offset + (4 * glyph) + 2)
        : S16(tables["hmtx"].Offset + (4 * metrics) + (2 * (glyph - metrics)));

    /// <summary>Empty for a glyph without an outline, such as the space.</summary>
    public ReadOnlySpan<byte> Outline(int glyph)
    {
        var loca = tables["loca"].Offset;
        var (from, to) = HasLongOffsets
            ? ((int)U32(loca + (4 * glyph)), (int)U32(loca + (4 * glyph) + 4))
            : (2 * U16(loca + (2 * glyph)), 2 * U16(loca + (2 * glyph) + 2));
        return file.AsSpan(tables["glyf"].Offset + from, to - from);
    }

    /// <summary>Empty when the font has no such table.</summary>
    public ReadOnlySpan<byte> Table(string tag) => tables.TryGetValue(tag, out var table) ? file.AsSpan(table.Offset, table.Length) : default;

    private void ReadCharacters()
    {
        var cmap = tables["cmap"].Offset;
        for (var i = 0; i < U16(cmap + 2); i++)
        {
            var record = cmap + 4 + (8 * i);
            var sub = cmap + (int)U32(record + 4);
            if ((U16(record), U16(record + 2), U16(sub)) is (3, 1, 4))
                ReadSegments(sub);
        }
    }

    /// <summary>Format 4: ranges of the characters up to U+FFFF, which is all that the bank writes.</summary>
    private void ReadSegments(int sub)
    {
        var count = U16(sub + 6) / 2;
        var (ends, starts) = (sub + 14, sub + 16 + (2 * count));
        var (deltas, offsets) = (starts + (2 * count), starts + (4 * count));
        for (var i = 0; i < count; i++)
        {
            var (start, end, delta, offset) = (U16(starts + (2 * i)), U16(ends + (2 * i)), U16(deltas + (2 * i)), U16(offsets + (2 * i)));
            for (var c = start; c <= end && c != 0xFFFF; c++)
            {
                var glyph = offset == 0 ? (c + delta) & 0xFFFF : U16(offsets + (2 * i) + offset + (2 * (c - start)));
                if (offset != 0 && glyph != 0)
                    glyph = (glyph + delta) & 0xFFFF;
                if (glyph != 0)
                    glyphs[c] = glyph;
            }
        }
    }

    private int U16(int at) => BinaryPrimitives.ReadUInt16BigEndian(file.AsSpan(at));

    private int S16(int at) => BinaryPrimitives.ReadInt16BigEndian(file.AsSpan(at));

    private uint U32(int at) => BinaryPrimitives.ReadUInt32BigEndian(file.AsSpan(at));
}
