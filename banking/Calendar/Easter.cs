using NodaTime;

namespace Serverless.Banking.Calendar;

/// <summary>Easter Sunday by both churches' reckoning, as dates of the Gregorian calendar.</summary>
internal static class Easter
{
    /// <summary>Meeus, Jones and Butcher's algorithm.</summary>
    public static LocalDate Catholic(int year)
    {
        var (a, b, c) = (year % 19, year / 100, year % 100);
        var (d, e, g) = (b / 4, b % 4, ((8 * b) + 13) / 25);
        var h = ((19 * a) + b - d - g + 15) % 30;
        var (i, k) = (c / 4, c % 4);
        var l = (32 + (2 * e) + (2 * i) - h - k) % 7;
        var m = (a + (11 * h) + (19 * l)) / 433;
        var month = (h + l - (7 * m) + 90) / 25;
        return new LocalDate(year, month, (h + l - (7 * m) + (33 * month) + 19) % 32);
    }

    /// <summary>Meeus' Julian algorithm; the Julian date of the year read in the Gregorian calendar.</summary>
    public static LocalDate Orthodox(int year)
    {
        var (a, b, c) = (year % 4, year % 7, year % 19);
        var d = ((19 * c) + 15) % 30;
        var e = ((2 * a) + (4 * b) - d + 34) % 7;
        var days = d + e + 114;
        return new LocalDate(year, days / 31, (days % 31) + 1, CalendarSystem.Julian).WithCalendar(CalendarSystem.Iso);
    }
}
