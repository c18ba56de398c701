using System.Collections;
using System.Globalization;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking;
using Serverless.Banking.Customers;

namespace Serverless.Functions.Http;

/// <summary>Writes a fact for people: amounts and dates as the language has them, lists with commas.</summary>
internal static class Wording
{
    private static readonly NumberFormatInfo EnglishNumbers = new() { NumberGroupSeparator = ",", NumberDecimalSeparator = "." };
    private static readonly NumberFormatInfo AlbanianNumbers = new() { NumberGroupSeparator = ".", NumberDecimalSeparator = "," };

    public static string Of(object? fact, Language language) => Ids.Unwrap(fact) switch
    {
        null => "-",
        string text => text,
        Money money => $"{Number(money, language)} {money.Currency.Code}",
        Currency currency => currency.Code,
        LocalDate date => Date(date, language),
        Instant instant => Moment(instant, language),
        DateTimeOffset moment => Moment(Instant.FromDateTimeOffset(moment), language),
        Enum code => System.Text.Json.JsonNamingPolicy.SnakeCaseLower.ConvertName(code.ToString()),
        IEnumerable list => string.Join(", ", list.Cast<object?>().Select(item => Of(item, language))),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        var other => other.ToString() ?? "",
    };

    private static string Number(Money money, Language language) =>
        decimal.Parse(money.ToDecimalString(), CultureInfo.InvariantCulture).ToString($"N{money.Currency.Digits}", language == Language.Albanian ? AlbanianNumbers : EnglishNumbers);

    private static string Date(LocalDate date, Language language) =>
        (language == Language.Albanian ? LocalDatePattern.CreateWithInvariantCulture("dd.MM.uuuu") : LocalDatePattern.CreateWithInvariantCulture("d MMMM uuuu")).Format(date);

    private static string Moment(Instant instant, Language language)
    {
        var local = instant.InZone(BankTime.Tirane);
        return $"{Date(local.Date, language)} {local.Hour:D2}:{local.Minute:D2}";
    }
}
