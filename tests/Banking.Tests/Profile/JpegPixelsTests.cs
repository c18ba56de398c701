using System.Buffers.Binary;
using System.IO.Compression;
using Serverless.Banking.Profile;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Profile;

public sealed class JpegPixelsTests
{
    /// <summary>The quarters as they are to be seen; which way is which is said by CIPA DC-008, 4.6.4.</summary>
    [Theory]
    [InlineData(null, "red green blue white")]
    [InlineData(1, "red green blue white")]
    [InlineData(2, "green red white blue")]
    [InlineData(3, "white blue green red")]
    [InlineData(4, "blue white red green")]
    [InlineData(5, "red blue green white")]
    [InlineData(6, "blue red white green")]
    [InlineData(7, "white green blue red")]
    [InlineData(8, "green white red blue")]
    public void A_cameras_picture_is_decoded_turned_upright_and_made_fit(int? orientation, string quarters)
    {
        var file = PhotoImage.Normalise(CameraPicture.Jpeg(orientation, "GPS 41.3275"), "/image").Value!;

        Assert.Equal("image/png", file.ContentType);
        Assert.Equal(quarters, Quarters(file.Content));
    }

    /// <summary>Whatever a stranger makes of a picture: it is one, or it is refused.</summary>
    [Fact]
    public void A_damaged_picture_is_refused_or_shown_damaged_and_never_throws()
    {
        var (whole, random, refused) = (CameraPicture.Jpeg(6), new Random(20261122), 0);
        for (var i = 0; i < 1500; i++)
        {
            var damaged = whole[..random.Next(whole.Length / 2, whole.Length + 1)];
            for (var flips = random.Next(1, 4); flips > 0; flips--)
                damaged[random.Next(damaged.Length)] ^= (byte)(1 << random.Next(8));
            refused += JpegPicture.Strip(damaged) is var (bytes, width, height) && width <= 64 && height <= 64 && JpegPixels.Read(bytes, PhotoImage.Side) is not null ? 0 : 1;
            Assert.InRange(JpegOrientation.Of(damaged), 1, 8);
        }

        Assert.InRange(refused, 1000, 1499);
    }

    /// <summary>What <see cref="PngPicture.ToPng"/> writes: each row as differences to the pixel on the left.</summary>
    private static string Quarters(byte[] png)
    {
        var side = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16));
        Assert.Equal((PhotoImage.Side, PhotoImage.Side), (side, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20))));
        using var data = new MemoryStream();
        for (var at = 8; at < png.Length; at += 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))
        {
            if (png.AsSpan(at + 4, 4).SequenceEqual("IDAT"u8))
                data.Write(png.AsSpan(at + 8, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at))));
        }

        data.Position = 0;
        using var rows = new MemoryStream();
        using (var unpacked = new ZLibStream(data, CompressionMode.Decompress))
            unpacked.CopyTo(rows);
        var bytes = rows.ToArray();
        return string.Join(' ', new[] { (1, 1), (3, 1), (1, 3), (3, 3) }.Select(place => Name(Pixel(place.Item1 * side / 4, place.Item2 * side / 4))));

        (int, int, int) Pixel(int x, int y)
        {
            var row = bytes.AsSpan(y * ((side * 3) + 1), (side * 3) + 1);
            Assert.Equal(1, row[0]);
            var pixel = new byte[3];
            for (var i = 0; i < (x + 1) * 3; i++)
                pixel[i % 3] += row[1 + i];
            return (pixel[0], pixel[1], pixel[2]);
        }
    }

    /// <summary>What was drawn, give or take what JPEG loses.</summary>
    private static string Name((int Red, int Green, int Blue) pixel)
    {
        (string Name, int Red, int Green, int Blue)[] drawn = [("red", 0xE0, 0x20, 0x20), ("green", 0x20, 0xC0, 0x40), ("blue", 0x20, 0x40, 0xE0), ("white", 0xFF, 0xFF, 0xFF)];
        return drawn.Single(it => Math.Abs(it.Red - pixel.Red) < 12 && Math.Abs(it.Green - pixel.Green) < 12 && Math.Abs(it.Blue - pixel.Blue) < 12).Name;
    }
}
