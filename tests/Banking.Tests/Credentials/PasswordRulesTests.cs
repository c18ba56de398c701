using System.Text.RegularExpressions;
using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using Serverless.Banking.Credentials;

namespace Serverless.Banking.Tests.Credentials;

public sealed class PasswordRulesTests
{
    private static readonly LocalDate Born = new(1995, 1, 31);

    /// <summary>The seed's own examples, and what stands next to each limit.</summary>
    [Theory]
    [InlineData("Vera2026x", "")]
    [InlineData("Aa1b2c3d", "")]
    [InlineData("Aa1b2c3", "pwd_length")]
    [InlineData("Aa1b2c3d4e5f6g7h", "")]
    [InlineData("Aa1b2c3d4e5f6g7h8", "pwd_length")]
    [InlineData("Arta111111", "pwd_sequence")]
    [InlineData("Arta123456", "pwd_sequence")]
    [InlineData("Arta1x2x3x", "")]
    [InlineData("31/01/1995", "pwd_letter_digit pwd_case pwd_birthdate pwd_symbol")]
    [InlineData("Aa31011995b", "pwd_birthdate")]
    [InlineData("Aa30011995b", "")]
    [InlineData("abcdefgh", "pwd_letter_digit pwd_case")]
    [InlineData("vera2026x", "pwd_case")]
    [InlineData("VERA2026X", "pwd_case")]
    [InlineData("Verë2026x", "pwd_symbol")]
    [InlineData("", "pwd_length pwd_letter_digit pwd_case")]
    public void Every_broken_rule_is_named(string password, string codes) => Assert.Equal(codes, Codes(password, Born));

    /// <summary>The commonest passwords of the world's lists that the rules of ONB-07 would let through, and the bank's and the country's own words.</summary>
    [Theory]
    [InlineData("Password1")]
    [InlineData("Passw0rd")]
    [InlineData("P4ssw0rd9")]
    [InlineData("Qwerty12")]
    [InlineData("Welcome1")]
    [InlineData("Football1")]
    [InlineData("1Loveyou8")]
    [InlineData("Fjalekalimi7")]
    [InlineData("Shqiperia2")]
    [InlineData("Tirana2026")]
    [InlineData("Serverless1")]
    [InlineData("99Eklik99x")]
    public void A_password_made_of_a_word_that_everybody_tries_is_refused_however_it_is_spelled(string password) => Assert.EndsWith("pwd_common", Codes(password, Born), StringComparison.Ordinal);

    [Theory]
    [InlineData("Tirana8Qx2Lm4")]
    [InlineData("Mali7gur9Lumi")]
    public void A_word_among_enough_others_is_no_common_password(string password) => Assert.Equal("", Codes(password, Born));

    [Fact]
    public void Any_text_is_judged_as_the_rules_say_in_words() => Prop.ForAll(
        Gen.Elements([.. "abcABC0123456789123!ë/ "]).ListOf().Select(letters => string.Concat(letters.Take(20))).ToArbitrary(),
        password => Codes(password, null) == InWords(password)).QuickCheckThrowOnFailure();

    [Fact]
    public void A_good_password_with_the_date_of_birth_put_anywhere_into_it_is_refused_for_that() => Prop.ForAll(
        Gen.Choose(0, 4).ToArbitrary(),
        at => Codes("Aa1b".Insert(at, "31011995"), Born) == "pwd_birthdate" && Codes("Aa1b".Insert(at, "31011995"), null).Length == 0).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("J50131001K", "1995-01-31")]
    [InlineData("I05101999Q", "1980-01-01")]
    [InlineData("K06231001A", "2000-12-31")]
    [InlineData("J51331001K", null)]
    [InlineData("J50230001K", null)]
    public void The_personal_number_tells_the_date_of_birth(string number, string? date) =>
        Assert.Equal(date, PersonalNumber.Find(number)!.Value.FindBirthDate()?.ToString("uuuu-MM-dd", null));

    private static string Codes(string password, LocalDate? born) => string.Join(' ', PasswordRules.Check(password, born, "/password").Select(fault => fault.Code));

    private static string InWords(string password)
    {
        List<string> broken = [];
        if (!Regex.IsMatch(password, @"\A.{8,16}\z", RegexOptions.Singleline))
            broken.Add("pwd_length");
        if (!Regex.IsMatch(password, "[A-Za-z]") || !Regex.IsMatch(password, "[0-9]"))
            broken.Add("pwd_letter_digit");
        if (!Regex.IsMatch(password, "[A-Z]") || !Regex.IsMatch(password, "[a-z]"))
            broken.Add("pwd_case");
        if (Regex.IsMatch(password, "000|111|222|333|444|555|666|777|888|999|012|123|234|345|456|567|678|789|987|876|765|654|543|432|321|210"))
            broken.Add("pwd_sequence");
        if (Regex.IsMatch(password, "[^A-Za-z0-9]"))
            broken.Add("pwd_symbol");
        return string.Join(' ', broken);
    }
}
