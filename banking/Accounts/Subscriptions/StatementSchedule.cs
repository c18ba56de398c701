using NodaTime;

namespace Serverless.Banking.Accounts;

/// <summary>On which days an account's statements are sent (ACC-18).</summary>
public static class StatementSchedule
{
    public const int DayAtMost = 31;

    /// <summary>The first sending after a date.</summary>
    /// <param name="openedOn">Quarters, half-years and years are counted from this month; none falls into it.</param>
    /// <param name="day">1 to 31: in a month without it the last one.</param>
    public static LocalDate NextAfter(LocalDate date, LocalDate openedOn, StatementFrequency frequency, int day)
    {
        var months = MonthsOf(frequency);
        var first = frequency == StatementFrequency.Monthly ? 0 : months;
        var passed = (12 * (date.Year - openedOn.Year)) + date.Month - openedOn.Month;
        for (var month = Math.Max(first, passed / months * months); ; month += months)
        {
            var sending = OnDay(openedOn.With(DateAdjusters.StartOfMonth).PlusMonths(month), day);
            if (sending > date && sending > openedOn)
                return sending;
        }
    }

    public static int MonthsOf(StatementFrequency frequency) => frequency switch
    {
        StatementFrequency.Monthly => 1,
        StatementFrequency.Quarterly => 3,
        StatementFrequency.HalfYearly => 6,
        StatementFrequency.Yearly => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(frequency), frequency, null),
    };

    private static LocalDate OnDay(LocalDate month, int day) =>
        new(month.Year, month.Month, Math.Min(day, month.Calendar.GetDaysInMonth(month.Year, month.Month)));
}
