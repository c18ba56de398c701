using FsCheck;
using FsCheck.Fluent;
using Serverless.Banking.Accounts;

namespace Serverless.Banking.Tests.Accounts;

public sealed class IbanTests
{
    /// <summary>The examples of the SWIFT IBAN registry.</summary>
    [Theory]
    [InlineData("AL47 2121 1009 0000 0002 3569 8741")]
    [InlineData("DE89 3704 0044 0532 0130 00")]
    [InlineData("GB29 NWBK 6016 1331 9268 19")]
    [InlineData("XK05 1212 0123 4567 8906")]
    [InlineData("it60x0542811101000000123456")]
    public void The_registrys_examples_are_ibans(string text) =>
        Assert.Equal(text.Replace(" ", "", StringComparison.Ordinal).ToUpperInvariant(), Iban.Find(text)!.Electronic);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("AL47 2121 1009 0000 0002 3569 8742")]
    [InlineData("AL47 2121 1009 0000 0002 3569 874")]
    [InlineData("4721211009000000023569874100")]
    [InlineData("AL47-2121-1009-0000-0002-3569-8741")]
    [InlineData("DE89 3704 0044 0532 0130 01")]
    public void Other_text_is_not(string? text) => Assert.Null(Iban.Find(text));

    [Fact]
    public void An_albanian_iban_also_checks_its_national_digit()
    {
        // Among all check digits are the right ones for the wrong national digit, too.
        var national = "21211008" + "0000000235698741";
        var wrong = Enumerable.Range(2, 97).Select(check => $"AL{check:D2}{national}").Where(text => Iban.Find(text) is not null);

        Assert.Empty(wrong);
    }

    [Fact]
    public void Built_ibans_are_valid_and_two_swapped_characters_are_not()
    {
        var numbers = Gen.Choose(0, 9).ArrayOf(16).Select(digits => string.Concat(digits)).ToArbitrary();

        Prop.ForAll(numbers, number =>
        {
            var iban = Iban.Albanian("299", "1101", number).Electronic;
            var swapped = iban[..14] + iban[15] + iban[14] + iban[16..];
            return iban.Length == 28 && Iban.Find(iban) is not null && (swapped == iban || Iban.Find(swapped) is null);
        }).QuickCheckThrowOnFailure();
    }

    /// <summary>With check digits that fit, so that nothing but the length is wrong.</summary>
    [Fact]
    public void An_iban_has_the_length_of_its_country_and_no_other()
    {
        Assert.InRange(IbanLengths.All.Count, 85, 120);
        var countries = IbanLengths.All.Where(country => country.Key != "AL").ToArray();
        var ibans = Gen.Elements(countries).SelectMany(country => Gen.Choose(-3, 3).SelectMany(more => Gen.Choose(0, 9).ArrayOf(country.Value - 4 + more)
            .Select(digits => (country.Key, More: more, Text: WithCheckDigits(country.Key, string.Concat(digits)))))).ToArbitrary();

        Prop.ForAll(ibans, iban => Iban.Find(iban.Text) is not null == (iban.More == 0)).QuickCheckThrowOnFailure();
        Assert.Null(Iban.Find(WithCheckDigits("US", "12345678901234567890")));
        Assert.Null(Iban.Find(WithCheckDigits("AL", "2121100900000002356987")));
    }

    private static string WithCheckDigits(string country, string national)
    {
        var number = string.Concat((national + country + "00").Select(c => char.IsAsciiDigit(c) ? $"{c}" : $"{c - 'A' + 10}"));
        return $"{country}{98 - (int)(System.Numerics.BigInteger.Parse(number, System.Globalization.CultureInfo.InvariantCulture) % 97):D2}{national}";
    }

    [Fact]
    public void A_stray_log_line_shows_it_masked() =>
        Assert.Equal("AL47…8741", Iban.Find("AL47 2121 1009 0000 0002 3569 8741")!.ToString());
}
