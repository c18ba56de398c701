namespace Serverless.Banking.Profile;

/// <summary>The bits of a scan, without the bytes that are stuffed into it (ITU-T T.81, F.2.2.5).</summary>
internal ref struct JpegBits(ReadOnlySpan<byte> data)
{
    /// <summary>Past the end there are zeros; a few of them may belong to the last block.</summary>
    private const int MissingAtMost = 32;

    private readonly ReadOnlySpan<byte> data = data;
    private int at, held, count, missing;

    public int Bit()
    {
        if (count == 0)
            Fill();
        count--;
        return (held >> count) & 1;
    }

    /// <param name="size">0 to 15 bits, as a Huffman code announced.</param>
    /// <exception cref="InvalidDataException">More than that.</exception>
    public int Signed(int size)
    {
        if (size > 15)
            throw new InvalidDataException();
        var value = 0;
        for (var i = 0; i < size; i++)
            value = (value << 1) | Bit();
        return size > 0 && value < 1 << (size - 1) ? value - (1 << size) + 1 : value;
    }

    /// <summary>Goes behind the next restart marker.</summary>
    public void Restart()
    {
        count = 0;
        at = Marker();
        if (at + 1 < data.Length && data[at + 1] is >= 0xD0 and <= 0xD7)
            at += 2;
    }

    /// <returns>Where the next marker stands.</returns>
    public int End()
    {
        while ((at = Marker()) + 1 < data.Length && data[at + 1] is >= 0xD0 and <= 0xD7)
            at += 2;
        return at;
    }

    private readonly int Marker()
    {
        var from = at;
        while (from + 1 < data.Length && (data[from] != 0xFF || data[from + 1] == 0))
            from++;
        return from;
    }

    private void Fill()
    {
        if (at >= data.Length || (data[at] == 0xFF && (at + 1 >= data.Length || data[at + 1] != 0)))
        {
            if (++missing > MissingAtMost)
                throw new InvalidDataException();
            (held, count) = (0, 8);
            return;
        }

        (held, count) = (data[at], 8);
        at += held == 0xFF ? 2 : 1;
    }
}

/// <summary>A canonical Huffman code (ITU-T T.81, annex C).</summary>
/// <param name="counts">How many codes there are of 1 to 16 bits.</param>
internal sealed class JpegHuffman
{
    private readonly int[] last = new int[16], offset = new int[16];
    private readonly byte[] symbols;

    public JpegHuffman(ReadOnlySpan<byte> counts, ReadOnlySpan<byte> symbols)
    {
        this.symbols = symbols.ToArray();
        for (var (length, code, index) = (0, 0, 0); length < 16; length++, code <<= 1)
        {
            (offset[length], code, index) = (index - code, code + counts[length], index + counts[length]);
            last[length] = counts[length] > 0 ? code - 1 : -1;
        }
    }

    /// <exception cref="InvalidDataException">No code begins so.</exception>
    public int Read(ref JpegBits bits)
    {
        for (var (length, code) = (0, 0); length < 16; length++)
        {
            code = (code << 1) | bits.Bit();
            if (code <= last[length])
                return symbols[offset[length] + code];
        }

        throw new InvalidDataException();
    }
}
