using System.Buffers.Binary;
using System.IO.Compression;

namespace Serverless.Banking.Profile;

/// <summary>A decoded picture, three bytes a pixel; what was transparent is white.</summary>
/// <remarks>Source: Portable Network Graphics (third edition), W3C. Never more is unpacked than width and height announce.</remarks>
internal sealed class PngPicture(int width, int height, byte[] pixels)
{
    public const int SideAtMost = 4096;
    private const int PixelsAtMost = 12_000_000;
    private const int Channels = 3;

    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    public static bool IsPng(ReadOnlySpan<byte> file) => file.StartsWith(Signature);

    public static (PngPicture? Picture, bool IsTooLarge) Read(ReadOnlySpan<byte> file)
    {
        using var data = new MemoryStream();
        Header? header = null;
        byte[] palette = [], transparency = [];
        for (var at = Signature.Length; at + 12 <= file.Length;)
        {
            var length = BinaryPrimitives.ReadUInt32BigEndian(file[at..]);
            if (length > file.Length - at - 12)
                return default;
            var type = file.Slice(at + 4, 4);
            var body = file.Slice(at + 8, (int)length);
            at += 12 + (int)length;
            if (type.SequenceEqual("IHDR"u8))
            {
                header = Header.Read(body);
                if (header is null)
                    return default;
                if (header.Width > SideAtMost || header.Height > SideAtMost || (long)header.Width * header.Height > PixelsAtMost)
                    return (null, true);
            }
            else if (type.SequenceEqual("PLTE"u8))
            {
                palette = body.ToArray();
            }
            else if (type.SequenceEqual("tRNS"u8))
            {
                transparency = body.ToArray();
            }
            else if (type.SequenceEqual("IDAT"u8))
            {
                data.Write(body);
            }
            else if (type.SequenceEqual("IEND"u8))
            {
                data.Position = 0;
                return header is null || (header.Colour == 3 && (palette.Length == 0 || palette.Length % 3 != 0))
                    ? default
                    : (Decode(header, data, palette, transparency), false);
            }
        }

        return default;
    }

    /// <summary>The middle, as wide as high, each pixel the mean of those it covers.</summary>
    public PngPicture MiddleSquare(int side)
    {
        var edge = Math.Min(width, height);
        var (left, top) = ((width - edge) / 2, (height - edge) / 2);
        var square = new byte[side * side * Channels];
        for (var y = 0; y < side; y++)
        {
            var (y0, y1) = (top + (y * edge / side), top + Math.Max((y * edge / side) + 1, (y + 1) * edge / side));
            for (var x = 0; x < side; x++)
            {
                var (x0, x1) = (left + (x * edge / side), left + Math.Max((x * edge / side) + 1, (x + 1) * edge / side));
                var (red, green, blue) = (0, 0, 0);
                for (var row = y0; row < y1; row++)
                {
                    for (var column = x0; column < x1; column++)
                    {
                        var at = ((row * width) + column) * Channels;
                        (red, green, blue) = (red + pixels[at], green + pixels[at + 1], blue + pixels[at + 2]);
                    }
                }

                var (count, to) = ((y1 - y0) * (x1 - x0), ((y * side) + x) * Channels);
                (square[to], square[to + 1], square[to + 2]) = ((byte)(red / count), (byte)(green / count), (byte)(blue / count));
            }
        }

        return new PngPicture(side, side, square);
    }

    /// <summary>Of a square: as the camera was held.</summary>
    /// <param name="orientation">1 to 8, as Exif counts (CIPA DC-008, tag 0x0112).</param>
    public PngPicture Turn(int orientation)
    {
        var turned = new byte[pixels.Length];
        for (var (y, to, end) = (0, 0, width - 1); y < width; y++)
        {
            for (var x = 0; x < width; x++, to += Channels)
            {
                var (column, row) = orientation switch
                {
                    2 => (end - x, y),
                    3 => (end - x, end - y),
                    4 => (x, end - y),
                    5 => (y, x),
                    6 => (y, end - x),
                    7 => (end - y, end - x),
                    8 => (end - y, x),
                    _ => (x, y),
                };
                pixels.AsSpan(((row * width) + column) * Channels, Channels).CopyTo(turned.AsSpan(to));
            }
        }

        return new PngPicture(width, height, turned);
    }

    public byte[] ToPng()
    {
        using var packed = new MemoryStream();
        using (var zip = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + (width * Channels)];
            for (var y = 0; y < height; y++)
            {
                // Each row as the difference to the pixel on the left: photos pack better so.
                row[0] = 1;
                var from = y * width * Channels;
                for (var i = 0; i < width * Channels; i++)
                    row[i + 1] = (byte)(pixels[from + i] - (i < Channels ? 0 : pixels[from + i - Channels]));
                zip.Write(row);
            }
        }

        var head = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(head, width);
        BinaryPrimitives.WriteInt32BigEndian(head.AsSpan(4), height);
        (head[8], head[9]) = (8, 2);
        using var file = new MemoryStream();
        file.Write(Signature);
        Chunk(file, "IHDR"u8, head);
        Chunk(file, "IDAT"u8, packed.ToArray());
        Chunk(file, "IEND"u8, []);
        return file.ToArray();
    }

    private static void Chunk(Stream file, ReadOnlySpan<byte> type, byte[] body)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, body.Length);
        file.Write(number);
        file.Write(type);
        file.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc.Of(type, body));
        file.Write(number);
    }

    /// <returns>Null when the data is broken or too short.</returns>
    private static PngPicture? Decode(Header header, Stream data, byte[] palette, byte[] transparency)
    {
        try
        {
            using var zip = new ZLibStream(data, CompressionMode.Decompress);
            var pixels = new byte[header.Width * header.Height * Channels];
            foreach (var pass in header.IsInterlaced ? Pass.Adam7 : [Pass.Whole])
            {
                var (columns, rows) = (pass.Columns(header.Width), pass.Rows(header.Height));
                if (columns == 0 || rows == 0)
                    continue;
                var stride = ((columns * header.BitsPerPixel) + 7) / 8;
                var (line, above) = (new byte[stride], new byte[stride]);
                for (var y = 0; y < rows; y++)
                {
                    var filter = zip.ReadByte();
                    zip.ReadExactly(line);
                    if (!Unfilter(filter, line, above, Math.Max(1, header.BitsPerPixel / 8)))
                        return null;
                    for (var x = 0; x < columns; x++)
                    {
                        if (!header.TryGetColour(line, x, palette, transparency, out var colour))
                            return null;
                        var to = (((pass.Top + (y * pass.StepY)) * header.Width) + pass.Left + (x * pass.StepX)) * Channels;
                        (pixels[to], pixels[to + 1], pixels[to + 2]) = colour;
                    }

                    (line, above) = (above, line);
                }
            }

            return new PngPicture(header.Width, header.Height, pixels);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException)
        {
            return null;
        }
    }

    private static bool Unfilter(int filter, byte[] line, byte[] above, int step)
    {
        if (filter is < 0 or > 4)
            return false;
        for (var i = 0; i < line.Length; i++)
        {
            int left = i >= step ? line[i - step] : 0, up = above[i], corner = i >= step ? above[i - step] : 0;
            line[i] = (byte)(line[i] + filter switch
            {
                1 => left,
                2 => up,
                3 => (left + up) / 2,
                4 => Paeth(left, up, corner),
                _ => 0,
            });
        }

        return true;
    }

    private static int Paeth(int left, int up, int corner)
    {
        var estimate = left + up - corner;
        var (a, b, c) = (Math.Abs(estimate - left), Math.Abs(estimate - up), Math.Abs(estimate - corner));
        return a <= b && a <= c ? left : b <= c ? up : corner;
    }

    /// <summary>Every how many pixels a pass has one, and where it begins.</summary>
    private readonly record struct Pass(int Left, int Top, int StepX, int StepY)
    {
        public static Pass Whole { get; } = new(0, 0, 1, 1);

        public static Pass[] Adam7 { get; } =
            [new(0, 0, 8, 8), new(4, 0, 8, 8), new(0, 4, 4, 8), new(2, 0, 4, 4), new(0, 2, 2, 4), new(1, 0, 2, 2), new(0, 1, 1, 2)];

        public int Columns(int width) => (width - Left + StepX - 1) / StepX;

        public int Rows(int height) => (height - Top + StepY - 1) / StepY;
    }

    private sealed record Header(int Width, int Height, int Depth, int Colour, bool IsInterlaced)
    {
        private int Samples => Colour switch { 2 => 3, 4 => 2, 6 => 4, _ => 1 };

        public int BitsPerPixel => Samples * Depth;

        public static Header? Read(ReadOnlySpan<byte> body)
        {
            if (body.Length != 13)
                return null;
            var header = new Header(
                BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]), body[8], body[9], body[12] == 1);
            var isKnown = header.Colour switch
            {
                0 => header.Depth is 1 or 2 or 4 or 8 or 16,
                3 => header.Depth is 1 or 2 or 4 or 8,
                2 or 4 or 6 => header.Depth is 8 or 16,
                _ => false,
            };
            return isKnown && header is { Width: > 0, Height: > 0 } && body[10] == 0 && body[11] == 0 && body[12] <= 1 ? header : null;
        }

        /// <summary>On white. A colour that is declared transparent by its value alone (tRNS without palette) is shown as it is.</summary>
        /// <returns>False when the palette lacks the colour.</returns>
        public bool TryGetColour(byte[] line, int x, byte[] palette, byte[] transparency, out (byte Red, byte Green, byte Blue) colour)
        {
            colour = default;
            switch (Colour)
            {
                case 0:
                    var gray = (byte)(Sample(line, x) * 255 / ((1 << Math.Min(Depth, 8)) - 1));
                    colour = (gray, gray, gray);
                    return true;
                case 2:
                    colour = (Sample(line, x * 3), Sample(line, (x * 3) + 1), Sample(line, (x * 3) + 2));
                    return true;
                case 3:
                    var index = Sample(line, x);
                    if ((index * 3) + 3 > palette.Length)
                        return false;
                    var alpha = index < transparency.Length ? transparency[index] : byte.MaxValue;
                    colour = OnWhite(palette[index * 3], palette[(index * 3) + 1], palette[(index * 3) + 2], alpha);
                    return true;
                case 4:
                    var tone = Sample(line, x * 2);
                    colour = OnWhite(tone, tone, tone, Sample(line, (x * 2) + 1));
                    return true;
                default:
                    colour = OnWhite(Sample(line, x * 4), Sample(line, (x * 4) + 1), Sample(line, (x * 4) + 2), Sample(line, (x * 4) + 3));
                    return true;
            }
        }

        /// <summary>Of sixteen bits the first eight.</summary>
        private byte Sample(byte[] line, int at) => Depth switch
        {
            16 => line[at * 2],
            8 => line[at],
            _ => (byte)((line[at * Depth / 8] >> (8 - Depth - (at * Depth % 8))) & ((1 << Depth) - 1)),
        };

        private static (byte Red, byte Green, byte Blue) OnWhite(byte red, byte green, byte blue, byte alpha) => (Blend(red, alpha), Blend(green, alpha), Blend(blue, alpha));

        private static byte Blend(byte colour, byte alpha) => (byte)(((colour * alpha) + (255 * (255 - alpha))) / 255);
    }

    /// <summary>CRC-32 of ISO 3309, as PNG's annex has it.</summary>
    private static class Crc
    {
        private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n =>
        {
            var c = (uint)n;
            for (var bit = 0; bit < 8; bit++)
                c = (c & 1) != 0 ? 0xEDB88320 ^ (c >> 1) : c >> 1;
            return c;
        })];

        public static uint Of(ReadOnlySpan<byte> first, ReadOnlySpan<byte> second) => ~Add(Add(uint.MaxValue, first), second);

        private static uint Add(uint crc, ReadOnlySpan<byte> bytes)
        {
            foreach (var b in bytes)
                crc = Table[(byte)(crc ^ b)] ^ (crc >> 8);
            return crc;
        }
    }
}
