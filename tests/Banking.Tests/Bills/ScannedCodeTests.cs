using Serverless.Banking.Bills;

namespace Serverless.Banking.Tests.Bills;

public sealed class ScannedCodeTests
{
    [Theory]
    [InlineData("ALBILL;1;oshee;TR0.A0000000000000;000000001", "oshee  TR0.A0000000000000 000000001")]
    [InlineData("ALBILL;1;traffic%2Dpolice;AA123BB;2024-0000001\r\n", "traffic-police  AA123BB 2024-0000001")]
    [InlineData("(415)5300000000014(8020)000000001(90)TR0.A0000000000000", " 5300000000014 TR0.A0000000000000 000000001")]
    [InlineData("(90)TR0.A0000000000000(415)5300000000014(8020)000000001", " 5300000000014 TR0.A0000000000000 000000001")]
    [InlineData("41553000000000148020000000001\u001d90TR0.A0000000000000", " 5300000000014 TR0.A0000000000000 000000001")]
    [InlineData("]C141553000000000148020000000001\u001d90TR0.A0000000000000\u001d", " 5300000000014 TR0.A0000000000000 000000001")]
    public void Both_forms_are_read(string text, string expected)
    {
        var code = ScannedCode.Find(text)!;

        Assert.Equal(expected, $"{code.Company} {code.Gln} {code.ClientCode} {code.InvoiceNumber}");
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("ALBILL;1;oshee;TR0.A0000000000000")]
    [InlineData("ALBILL;1;oshee;TR0.A0000000000000;000000001;x")]
    [InlineData("ALBILL;2;oshee;TR0.A0000000000000;000000001")]
    [InlineData("ALBILL;1;;TR0.A0000000000000;000000001")]
    [InlineData("ALBILL;1;oshee;TR0.A0000000000000;0000/0001")]
    [InlineData("albill;1;oshee;TR0.A0000000000000;000000001")]
    [InlineData("(415)530000000001(8020)000000001(90)TR0.A0000000000000")]
    [InlineData("(415)5300000000014(415)5300000000014(8020)000000001(90)TR0.A0000000000000")]
    [InlineData("(415)5300000000014(8020)000000001")]
    [InlineData("(415")]
    [InlineData("415530")]
    [InlineData("41553000000000148020000000001")]
    [InlineData("0112345678901231")]
    public void Anything_else_is_not(string? text) => Assert.Null(ScannedCode.Find(text));

    [Fact]
    public void Any_text_is_read_or_refused_without_a_failure()
    {
        var random = new Random(1);
        const string Alphabet = "ALBIL;1()4158020905300000000014%2D\u001d]C AZ.-";
        for (var i = 0; i < 20_000; i++)
        {
            var text = new string([.. Enumerable.Range(0, random.Next(60)).Select(_ => Alphabet[random.Next(Alphabet.Length)])]);
            _ = ScannedCode.Find((i % 3) switch { 0 => "ALBILL;" + text, 1 => "(415)" + text, _ => text });
        }
    }
}
