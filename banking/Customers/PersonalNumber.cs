using System.Globalization;
using System.Text.Json.Serialization;
using NodaTime;

namespace Serverless.Banking;

/// <summary>The number of the Albanian identity card: a letter, eight digits, a letter (TRF-10).</summary>
/// <remarks>Personal data: it is printed by nothing. The default value of this type is no number.</remarks>
[JsonConverter(typeof(TextValueConverter<PersonalNumber>))]
[TextForm("[A-Za-z][0-9]{8}[A-Za-z]", "I50101123K", 10, Harmless = "A00000000A")]
public readonly record struct PersonalNumber : ITextValue<PersonalNumber>
{
    private const int Length = 10;

    private PersonalNumber(string value) => Value = value;

    /// <summary>Capital letters.</summary>
    public string Value { get; }

    /// <summary>Small letters are taken; null for another form.</summary>
    public static PersonalNumber? Find(string? text) =>
        text is { Length: Length } && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[^1]) && text[1..^1].All(char.IsAsciiDigit)
            ? new PersonalNumber(text.ToUpperInvariant())
            : null;

    /// <summary>
    /// The date of birth in it: the decade as a letter (A from 1900), the year's last digit, the month (plus 50 for women, plus 30 for foreigners), the day.
    /// </summary>
    /// <returns>Null when there is no date in it.</returns>
    public LocalDate? FindBirthDate()
    {
        var month = int.Parse(Value.AsSpan(2, 2), CultureInfo.InvariantCulture);
        var (year, day) = (1900 + (10 * (Value[0] - 'A')) + (Value[1] - '0'), int.Parse(Value.AsSpan(4, 2), CultureInfo.InvariantCulture));
        month -= month > 80 ? 80 : month > 50 ? 50 : month > 30 ? 30 : 0;
        return month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;
    }

    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(PersonalNumber);
}
