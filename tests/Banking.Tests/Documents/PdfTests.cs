using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Documents;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Documents;

public sealed class PdfTests
{
    private static readonly Instant Made = Instant.FromUtc(2026, 3, 2, 9, 30);

    private readonly PdfReports reports = new(new DocumentFonts(), Options.Create(new DocumentsOptions()));

    [Fact]
    public void Albanian_letters_can_be_read_searched_and_copied()
    {
        var report = reports.Begin("Nxjerrje llogarie", "NX-1", Made, Language.Albanian);
        report.Facts([("Mbajtësi", "Ëngjëll Çela"), ("Përshkrimi", "Pagesë për ujë, çmimi € 12.50")]);

        var pages = PdfText.PagesOf(report.ToBytes());

        Assert.Equal(
            """
            Serverless Bank
            Tiranë, Shqipëri · SRVLALTX
            Nxjerrje llogarie
            Mbajtësi
            Ëngjëll Çela
            Përshkrimi
            Pagesë për ujë, çmimi € 12.50
            NX-1 · gjeneruar më 02.03.2026 10:30:00
            Faqja 1 nga 1

            """.ReplaceLineEndings("\n"),
            Assert.Single(pages));
    }

    [Fact]
    public void A_long_table_goes_on_over_pages_and_each_has_its_head_and_number()
    {
        var report = reports.Begin("Statement", "NX-2", Made, Language.English);
        report.Table([new("Date", 1), new("Amount", 1, IsRight: true)], Enumerable.Range(1, 200).Select(row => (string[])[$"row {row}", $"{row}.00"]));

        var pages = PdfText.PagesOf(report.ToBytes());

        Assert.Equal(5, pages.Count);
        Assert.All(pages, (page, i) =>
        {
            Assert.Contains("\nDate\nAmount\n", page, StringComparison.Ordinal);
            Assert.EndsWith($"Page {i + 1} of 5\n", page, StringComparison.Ordinal);
        });
        Assert.Equal(Enumerable.Range(1, 200).Select(row => $"row {row}"), pages.SelectMany(page => page.Split('\n')).Where(line => line.StartsWith("row ", StringComparison.Ordinal)));
    }

    [Fact]
    public void Text_wider_than_its_place_is_broken_and_nothing_of_it_is_lost()
    {
        var report = reports.Begin("Statement", "NX-3", Made, Language.English);
        var word = new string('W', 300);
        report.Table([new("Description", 1), new("Amount", 1)], [[$"rent for {word}", "1.00"]]);

        var text = PdfText.Of(report.ToBytes());

        Assert.Equal(300, text.Count(c => c == 'W'));
        Assert.Contains("rent for\n", text, StringComparison.Ordinal);
        Assert.True(text.Split('\n').Max(line => line.Length) < 60);
    }

    [Fact]
    public void The_same_content_gives_the_same_bytes_and_other_content_others()
    {
        byte[] Make(string value)
        {
            var report = reports.Begin("Mandat veprimi", "M-1", Made, Language.Albanian);
            report.Facts([("Shuma", value)]);
            return report.ToBytes();
        }

        Assert.Equal(Make("1707.40 ALL"), Make("1707.40 ALL"));
        Assert.NotEqual(Make("1707.40 ALL"), Make("1707.41 ALL"));
        Assert.InRange(Make("1707.40 ALL").Length, 1_000, 60_000);
    }

    [Fact]
    public void The_embedded_font_holds_the_parts_of_its_composed_letters()
    {
        var subset = new FontSubset(new DocumentFonts().Regular);
        Assert.Equal([1, 2, 1], subset.Write("ëÇë"));

        var font = subset.ToFile();

        // Signature of TrueType, and the sum that the format wants of a whole file.
        Assert.Equal([0, 1, 0, 0], font[..4]);
        var sum = 0u;
        for (var i = 0; i < font.Length; i += 4)
            sum += System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(font.AsSpan(i));
        Assert.Equal(0xB1B0AFBAu, sum);
        Assert.True(GlyphCount(font) >= 3);
    }

    [Fact]
    public void A_character_that_the_font_lacks_is_shown_as_a_question_mark()
    {
        var report = reports.Begin("Statement", "NX-4", Made, Language.English);
        report.Paragraph("gift 🎁 of 2026");

        Assert.Contains("gift ? of 2026\n", PdfText.Of(report.ToBytes()), StringComparison.Ordinal);
    }

    private static int GlyphCount(byte[] font)
    {
        for (var record = 12; ; record += 16)
        {
            if (System.Text.Encoding.ASCII.GetString(font, record, 4) == "maxp")
                return System.Buffers.Binary.BinaryPrimitives.ReadUInt16BigEndian(font.AsSpan((int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(font.AsSpan(record + 8)) + 4));
        }
    }
}
