using NodaTime;

namespace Serverless.Banking.IdentityDocuments;

/// <summary>The machine-readable zone of ICAO 9303: of cards in three lines of 30 (part 5), of passports in two lines of 44 (part 4).</summary>
internal static class MachineReadableZone
{
    private const int CardLine = 30;
    private const int PassportLine = 44;
    private static readonly int[] Weights = [7, 3, 1];

    /// <summary>Null unless every check digit is right and every date exists.</summary>
    /// <param name="today">Births lie before it; expiries within 50 years of it.</param>
    public static IdentityDocument? Find(string text, LocalDate today) => text.Any(letter => letter is not ('<' or (>= '0' and <= '9') or (>= 'A' and <= 'Z'))) ? null
        : text.Length switch
        {
            3 * CardLine => OfCard(text[..CardLine], text[CardLine..(2 * CardLine)], text[(2 * CardLine)..], today),
            2 * PassportLine => OfPassport(text[..PassportLine], text[PassportLine..], today),
            _ => null,
        };

    private static IdentityDocument? OfCard(string first, string second, string third, LocalDate today) =>
        IsChecked(first[5..14], first[14]) && IsChecked(second[..6], second[6]) && IsChecked(second[8..14], second[14])
        && IsChecked(first[5..] + second[..7] + second[8..15] + second[18..29], second[29])
            ? Of(first[2..5], first[5..14], first[15..], third, second[..6], second[8..14], today)
            : null;

    private static IdentityDocument? OfPassport(string first, string second, LocalDate today) =>
        IsChecked(second[..9], second[9]) && IsChecked(second[13..19], second[19]) && IsChecked(second[21..27], second[27])
        && IsChecked(second[..10] + second[13..20] + second[21..43], second[43])
            ? Of(first[2..5], second[..9], second[28..42], first[5..], second[13..19], second[21..27], today)
            : null;

    private static IdentityDocument? Of(string state, string number, string optional, string names, string birth, string expiry, LocalDate today)
    {
        var parts = names.Split("<<", 2);
        return BirthOf(birth, today) is { } bornOn && ExpiryOf(expiry, today) is { } expiresOn
            ? new IdentityDocument(
                state.TrimEnd('<'), number.TrimEnd('<'), PersonalNumber.Find(optional.TrimEnd('<')), Words(parts[0]), Words(parts.Length > 1 ? parts[1] : ""), bornOn, expiresOn)
            : null;
    }

    private static LocalDate? BirthOf(string digits, LocalDate today) => DateOf(digits, today.Year / 100 * 100) switch
    {
        { } date when date > today => DateOf(digits, (today.Year / 100 * 100) - 100),
        var date => date,
    };

    /// <summary>The century that brings it closest.</summary>
    private static LocalDate? ExpiryOf(string digits, LocalDate today) => DateOf(digits, today.Year / 100 * 100) switch
    {
        { } date when date.Year < today.Year - 50 => DateOf(digits, (today.Year / 100 * 100) + 100),
        { } date when date.Year > today.Year + 50 => DateOf(digits, (today.Year / 100 * 100) - 100),
        var date => date,
    };

    private static LocalDate? DateOf(string digits, int century)
    {
        if (!digits.All(char.IsAsciiDigit))
            return null;
        var (year, month, day) = (century + Number(digits[..2]), Number(digits[2..4]), Number(digits[4..]));
        return month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month) ? new LocalDate(year, month, day) : null;
    }

    private static bool IsChecked(string text, char digit) =>
        text.Select((letter, i) => Weights[i % Weights.Length] * ValueOf(letter)).Sum() % 10 == (digit == '<' ? 0 : digit - '0');

    private static int ValueOf(char letter) => letter == '<' ? 0 : char.IsAsciiDigit(letter) ? letter - '0' : letter - 'A' + 10;

    private static int Number(string digits) => int.Parse(digits, System.Globalization.CultureInfo.InvariantCulture);

    private static string Words(string text) => string.Join(' ', text.Split('<', StringSplitOptions.RemoveEmptyEntries));
}
