using System.Buffers.Binary;

namespace Serverless.Banking.Profile;

/// <summary>Decodes a JPEG of the usual process: sequential, Huffman, eight bits, grey or three colours (ITU-T T.81), which is what cameras write.</summary>
/// <remarks>
/// A large one is decoded to a half, a quarter or an eighth, so that what it takes does not depend on what was photographed. Not more is unpacked than the frame announces,
/// within <see cref="PngPicture.SideAtMost"/> a side.
/// </remarks>
internal sealed class JpegPixels
{
    private const int Block = 8;

    private readonly ushort[][] quantisation = new ushort[4][];
    private readonly JpegHuffman?[] dc = new JpegHuffman?[4], ac = new JpegHuffman?[4];
    private readonly List<Component> components = [];
    private int width, height, restart, scale = 1, tallest, widest;
    private bool isRgb;

    /// <param name="jpeg">As <see cref="JpegPicture.Strip"/> leaves it: whole, its segments within its bytes.</param>
    /// <param name="side">The picture may be smaller than it is, but neither side smaller than this.</param>
    /// <returns>Null when it is another process, or broken.</returns>
    public static PngPicture? Read(ReadOnlySpan<byte> jpeg, int side)
    {
        try
        {
            return new JpegPixels().Decode(jpeg, side);
        }
        catch (Exception e) when (e is InvalidDataException or IndexOutOfRangeException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    private PngPicture? Decode(ReadOnlySpan<byte> jpeg, int side)
    {
        for (var at = 2; at + 4 <= jpeg.Length && jpeg[at + 1] != 0xD9;)
        {
            var marker = jpeg[at + 1];
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            var body = jpeg.Slice(at + 4, length - 2);
            at += 2 + length;
            switch (marker)
            {
                case 0xDB:
                    ReadQuantisation(body);
                    break;
                case 0xC4:
                    ReadHuffman(body);
                    break;
                case 0xC0 or 0xC1:
                    if (!ReadFrame(body, side))
                        return null;
                    break;
                case 0xC2:
                    return null;
                case 0xDD:
                    restart = BinaryPrimitives.ReadUInt16BigEndian(body);
                    break;
                case 0xEE:
                    isRgb = body.Length >= 12 && body[11] == 0;
                    break;
                case 0xDA:
                    at += ReadScan(body, jpeg[at..]);
                    break;
            }
        }

        return components.Count > 0 ? ToPicture() : null;
    }

    private void ReadQuantisation(ReadOnlySpan<byte> body)
    {
        while (body.Length > 0)
        {
            var (isWide, table) = (body[0] >> 4 != 0, new ushort[Block * Block]);
            for (var i = 0; i < table.Length; i++)
                table[i] = isWide ? BinaryPrimitives.ReadUInt16BigEndian(body[(1 + (2 * i))..]) : body[1 + i];
            quantisation[body[0] & 15] = table;
            body = body[(1 + (isWide ? 2 : 1) * table.Length)..];
        }
    }

    private void ReadHuffman(ReadOnlySpan<byte> body)
    {
        while (body.Length > 0)
        {
            var count = 0;
            foreach (var codes in body.Slice(1, 16))
                count += codes;
            (body[0] >> 4 == 0 ? dc : ac)[body[0] & 15] = new JpegHuffman(body.Slice(1, 16), body.Slice(17, count));
            body = body[(17 + count)..];
        }
    }

    private bool ReadFrame(ReadOnlySpan<byte> body, int side)
    {
        (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(body[1..]), BinaryPrimitives.ReadUInt16BigEndian(body[3..]));
        if (body[0] != 8 || body[5] is not (1 or 3) || components.Count > 0 || width is 0 or > PngPicture.SideAtMost || height is 0 or > PngPicture.SideAtMost)
            return false;
        while (scale < Block && Math.Min(width, height) / (scale * 2) >= side)
            scale *= 2;
        for (var i = 0; i < body[5]; i++)
        {
            var (across, down) = (body[7 + (3 * i)] >> 4, body[7 + (3 * i)] & 15);
            if (across is 0 or > 4 || down is 0 or > 4)
                return false;
            components.Add(new Component(body[6 + (3 * i)], across, down, body[8 + (3 * i)]));
        }

        (widest, tallest) = (components.Max(it => it.Across), components.Max(it => it.Down));
        var (units, rows) = (Parts(width, Block * widest), Parts(height, Block * tallest));
        foreach (var it in components)
            it.Allocate(units, rows, Parts(Parts(width * it.Across, widest), Block), Parts(Parts(height * it.Down, tallest), Block), Block / scale);
        return true;
    }

    /// <returns>How many bytes it has.</returns>
    private int ReadScan(ReadOnlySpan<byte> body, ReadOnlySpan<byte> data)
    {
        if (components.Count == 0)
            throw new InvalidDataException();
        var parts = new Component[body[0]];
        for (var i = 0; i < parts.Length; i++)
        {
            var (id, tables) = (body[1 + (2 * i)], body[2 + (2 * i)]);
            parts[i] = components.Find(it => it.Id == id) ?? throw new InvalidDataException();
            (parts[i].Dc, parts[i].Ac, parts[i].Before) = (dc[tables >> 4] ?? throw new InvalidDataException(), ac[tables & 15] ?? throw new InvalidDataException(), 0);
        }

        var bits = new JpegBits(data);
        var (single, units, rows) = (parts.Length == 1, Parts(width, Block * widest), Parts(height, Block * tallest));
        if (single)
            (units, rows) = (parts[0].BlocksAcross, parts[0].BlocksDown);
        Span<float> block = stackalloc float[Block * Block];
        for (var unit = 0; unit < units * rows; unit++)
        {
            if (restart > 0 && unit > 0 && unit % restart == 0)
            {
                bits.Restart();
                foreach (var it in parts)
                    it.Before = 0;
            }

            foreach (var it in parts)
            {
                for (var i = 0; i < (single ? 1 : it.Across * it.Down); i++)
                {
                    var isFlat = ReadBlock(ref bits, it, block);
                    it.Put(
                        single ? unit % units : (unit % units * it.Across) + (i % it.Across), single ? unit / units : (unit / units * it.Down) + (i / it.Across), block, isFlat, scale);
                }
            }
        }

        return bits.End();
    }

    /// <returns>Whether all of it has one value, which stands first.</returns>
    private bool ReadBlock(ref JpegBits bits, Component it, scoped Span<float> block)
    {
        var table = quantisation[it.Quantisation] ?? throw new InvalidDataException();
        block.Clear();
        it.Before += bits.Signed(it.Dc!.Read(ref bits));
        block[0] = it.Before * table[0];
        var isFlat = true;
        for (var k = 1; k < Block * Block; k++)
        {
            var symbol = it.Ac!.Read(ref bits);
            var (zeros, size) = (symbol >> 4, symbol & 15);
            if (size == 0 && zeros != 15)
                break;
            k += zeros;
            if (size == 0)
                continue;
            block[JpegTransform.Natural[k]] = bits.Signed(size) * table[k];
            isFlat = false;
        }

        if (!isFlat)
            JpegTransform.Invert(block);
        return isFlat;
    }

    private PngPicture ToPicture()
    {
        var (w, h) = (Math.Max(1, width / scale), Math.Max(1, height / scale));
        var pixels = new byte[w * h * 3];
        for (var (y, at) = (0, 0); y < h; y++)
        {
            for (var x = 0; x < w; x++, at += 3)
            {
                var one = components[0].At(x, y, widest, tallest);
                var (two, three) = components.Count == 3 ? (components[1].At(x, y, widest, tallest), components[2].At(x, y, widest, tallest)) : ((byte)128, (byte)128);
                (pixels[at], pixels[at + 1], pixels[at + 2]) = isRgb && components.Count == 3 ? (one, two, three)
                    : (Byte(one + (1.402f * (three - 128))), Byte(one - (0.344136f * (two - 128)) - (0.714136f * (three - 128))), Byte(one + (1.772f * (two - 128))));
            }
        }

        return new PngPicture(w, h, pixels);
    }

    private static int Parts(int whole, int part) => (whole + part - 1) / part;

    private static byte Byte(float value) => (byte)Math.Clamp(value + 0.5f, 0, 255);

    /// <param name="Across">Sampling factor.</param>
    private sealed class Component(byte id, int across, int down, byte quantisation)
    {
        private byte[] samples = [];
        private int stride, size;

        public byte Id => id;

        public int Across => across;

        public int Down => down;

        public int Quantisation => quantisation;

        /// <summary>Those that show something; in a scan of several components there are more at the edges.</summary>
        public int BlocksAcross { get; private set; }

        public int BlocksDown { get; private set; }

        public JpegHuffman? Dc { get; set; }

        public JpegHuffman? Ac { get; set; }

        public int Before { get; set; }

        public void Allocate(int units, int rows, int blocksAcross, int blocksDown, int blockSize)
        {
            (BlocksAcross, BlocksDown, size, stride) = (blocksAcross, blocksDown, blockSize, units * across * blockSize);
            samples = new byte[stride * rows * down * blockSize];
        }

        public void Put(int column, int row, ReadOnlySpan<float> block, bool isFlat, int scale)
        {
            for (var y = 0; y < size; y++)
            {
                for (var x = 0; x < size; x++)
                {
                    var sum = 0f;
                    for (var i = 0; !isFlat && i < scale * scale; i++)
                        sum += block[(((y * scale) + (i / scale)) * Block) + (x * scale) + (i % scale)];
                    samples[(((row * size) + y) * stride) + (column * size) + x] = Byte(((isFlat ? block[0] : sum / (scale * scale)) / Block) + 128);
                }
            }
        }

        public byte At(int x, int y, int widest, int tallest) => samples[(y * down / tallest * stride) + (x * across / widest)];
    }
}
