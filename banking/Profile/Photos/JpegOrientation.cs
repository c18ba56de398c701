using System.Buffers.Binary;

namespace Serverless.Banking.Profile;

/// <summary>How the camera was held: the one thing of a JPEG's metadata that is needed to show it (CIPA DC-008, tag 0x0112).</summary>
internal static class JpegOrientation
{
    public const int Upright = 1;

    private const ushort Tag = 0x0112;

    /// <returns>1 to 8; upright when it says nothing that can be read.</returns>
    public static int Of(ReadOnlySpan<byte> jpeg)
    {
        for (var at = 2; at + 4 <= jpeg.Length && jpeg[at] == 0xFF && jpeg[at + 1] is not (0xDA or 0xD9);)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(jpeg[(at + 2)..]);
            if (length < 2 || at + 2 + length > jpeg.Length)
                break;
            var body = jpeg.Slice(at + 4, length - 2);
            if (jpeg[at + 1] == 0xE1 && body.StartsWith("Exif\0\0"u8))
                return OfTiff(body[6..]);
            at += 2 + length;
        }

        return Upright;
    }

    private static int OfTiff(ReadOnlySpan<byte> tiff)
    {
        if (tiff.Length < 8)
            return Upright;
        var isLittle = tiff[0] == (byte)'I';
        var directory = isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(tiff[4..]) : BinaryPrimitives.ReadUInt32BigEndian(tiff[4..]);
        if (directory > tiff.Length - 2)
            return Upright;
        var entries = tiff[((int)directory + 2)..];
        for (var count = Short(tiff[(int)directory..], isLittle); count > 0 && entries.Length >= 12; count--, entries = entries[12..])
        {
            if (Short(entries, isLittle) == Tag)
                return Short(entries[8..], isLittle) is >= 1 and <= 8 and var value ? value : Upright;
        }

        return Upright;
    }

    private static ushort Short(ReadOnlySpan<byte> bytes, bool isLittle) => isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);
}
