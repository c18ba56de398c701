using System.Buffers.Binary;

namespace Serverless.Banking.Profile;

/// <summary>Takes a JPEG apart by its markers (ITU-T T.81, annex B) and keeps only those that make the picture.</summary>
internal static class JpegPicture
{
    private const byte Soi = 0xD8, Eoi = 0xD9, Sos = 0xDA, Adobe = 0xEE;

    /// <summary>Quantisation, Huffman tables, restart interval, frames of the usual processes, the colour transform.</summary>
    private static readonly HashSet<byte> Kept = [0xC0, 0xC1, 0xC2, 0xC4, 0xDB, 0xDD, Adobe];

    /// <returns>The picture without metadata, and its size; null when it is no whole JPEG.</returns>
    public static (byte[] Bytes, int Width, int Height)? Strip(ReadOnlySpan<byte> jpeg)
    {
        if (jpeg.Length < 4 || jpeg[0] != 0xFF || jpeg[1] != Soi)
            return null;
        var output = new MemoryStream();
        output.Write([0xFF, Soi]);
        var (width, height, at, scans) = (0, 0, 2, 0);
        while (at + 2 <= jpeg.Length && jpeg[at] == 0xFF)
        {
            var marker = jpeg[at + 1];
            if (marker == 0xFF)
            {
                at++;
                continue;
            }

            if (marker == Eoi)
            {
                output.Write([0xFF, Eoi]);
                return scans > 0 && width > 0 ? (output.ToArray(), width, height) : null;
            }

            if (at + 4 > jpeg.Length)
                return null;
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (length < 2 || at + 2 + length > jpeg.Length)
                return null;
            var segment = jpeg.Slice(at, 2 + length);
            if (marker is 0xC0 or 0xC1 or 0xC2)
            {
                if (length < 8 || width > 0)
                    return null;
                (height, width) = (BinaryPrimitives.ReadUInt16BigEndian(segment[5..]), BinaryPrimitives.ReadUInt16BigEndian(segment[7..]));
            }

            at += 2 + length;
            if (marker == Sos)
            {
                var end = EndOfScan(jpeg, at);
                output.Write(segment);
                output.Write(jpeg[at..end]);
                (at, scans) = (end, scans + 1);
            }
            else if (Kept.Contains(marker) && (marker != Adobe || segment.Slice(4, Math.Min(5, length - 2)).SequenceEqual("Adobe"u8)))
            {
                output.Write(segment);
            }
            else if (marker is >= 0xC3 and <= 0xCF and not (0xC4 or 0xC8))
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>The next marker that is no restart and no stuffed byte.</summary>
    private static int EndOfScan(ReadOnlySpan<byte> jpeg, int at)
    {
        for (; at + 1 < jpeg.Length; at++)
        {
            if (jpeg[at] == 0xFF && jpeg[at + 1] is not (0x00 or >= 0xD0 and <= 0xD7))
                return at;
        }

        return jpeg.Length;
    }
}
