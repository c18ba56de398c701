using FsCheck;
using FsCheck.Fluent;

namespace Serverless.Banking.Tests.MoneyRules;

public sealed class MoneyTests
{
    [Fact]
    public void Every_amount_reads_back_from_its_own_text_in_every_number_of_decimals()
    {
        var currencies = Gen.Elements("ALL", "JPY", "KWD", "CLF", "VND").Select(Currency.Of);
        var minors = Gen.OneOf(
            Gen.Choose(-1_000_000, 1_000_000).Select(n => (long)n), Gen.Elements(0L, 1, -1, 99, 100, 999, 1000, 999_999_999_999_999, -999_999_999_999_999));
        var amounts = minors.SelectMany(minor => currencies.Select(currency => Money.OfMinor(minor, currency))).ToArbitrary();

        Prop.ForAll(amounts, money => money.Minor == 0 || Money.Find(money.ToDecimalString(), money.Currency) == money).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData("1707.40", "ALL", 170740)]
    [InlineData("0.01", "EUR", 1)]
    [InlineData("500", "JPY", 500)]
    [InlineData("0.450", "KWD", 450)]
    [InlineData("-18.13", "ALL", -1813)]
    public void Text_with_the_currencys_own_decimals_is_an_amount(string text, string currency, long minor) =>
        Assert.Equal(minor, Money.Find(text, Currency.Of(currency))!.Minor);

    [Theory]
    [InlineData("")]
    [InlineData("1707.4")]
    [InlineData("1707.400")]
    [InlineData("1707")]
    [InlineData("1,707.40")]
    [InlineData("01.00")]
    [InlineData(".50")]
    [InlineData("1.5e2")]
    [InlineData("+1.00")]
    [InlineData(" 1.00")]
    [InlineData("--1.00")]
    [InlineData("٣.00")]
    [InlineData("9999999999999999999.00")]
    public void Other_text_is_not(string text) => Assert.Null(Money.Find(text, Currency.All));

    /// <summary>ISO 4217, table A.1.</summary>
    [Theory]
    [InlineData("ALL", 2)]
    [InlineData("CHF", 2)]
    [InlineData("XCG", 2)]
    [InlineData("VND", 0)]
    [InlineData("XOF", 0)]
    [InlineData("OMR", 3)]
    [InlineData("CLF", 4)]
    public void A_currency_has_the_decimals_of_the_standard(string code, int digits) => Assert.Equal(digits, Currency.Of(code).Digits);

    [Theory]
    [InlineData("XXX")]
    [InlineData("XAU")]
    [InlineData("HRK")]
    [InlineData("BGN")]
    [InlineData("all")]
    [InlineData(" ALL")]
    [InlineData(null)]
    public void Metals_test_codes_and_what_is_gone_are_no_currencies(string? code) => Assert.Null(Currency.Find(code));

    [Fact]
    public void Amounts_of_two_currencies_are_never_added_or_compared()
    {
        var (lek, euro) = (Money.OfMinor(1, Currency.All), Money.OfMinor(1, Currency.Eur));

        Assert.Throws<InvalidOperationException>(() => lek + euro);
        Assert.Throws<InvalidOperationException>(() => lek - euro);
        Assert.Throws<InvalidOperationException>(() => lek < euro);
        Assert.NotEqual(lek, euro);
    }

    [Fact]
    public void A_sum_that_does_not_fit_throws_instead_of_wrapping()
    {
        var most = Money.OfMinor(long.MaxValue, Currency.All);

        Assert.Throws<OverflowException>(() => most + Money.OfMinor(1, Currency.All));
        Assert.Throws<OverflowException>(() => -Money.OfMinor(long.MinValue, Currency.All));
    }
}
