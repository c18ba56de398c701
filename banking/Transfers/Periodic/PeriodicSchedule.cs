using NodaTime;

namespace Serverless.Banking.Transfers;

/// <summary>On which dates a standing transfer is due, and when of them the bank tries; counted in Europe/Tirane (TRF-41).</summary>
public static class PeriodicSchedule
{
    /// <summary>Executions start at 06:00; without money they are tried again at 12:00 and 18:00.</summary>
    private static readonly LocalTime[] Times = [new(6, 0), new(12, 0), new(18, 0)];

    public static int RetriesAtMost => Times.Length - 1;

    public static LocalDate Today(Instant now) => now.InZone(BankTime.Tirane).Date;

    public static Instant RunAt(LocalDate date) => At(date, Times[0]);

    /// <summary>The next of the day's times for another try; null when there is none left today.</summary>
    public static Instant? RetryAfter(Instant now)
    {
        var today = Today(now);
        foreach (var time in Times[1..])
        {
            if (At(today, time) is var at && at > now)
                return at;
        }

        return null;
    }

    /// <summary>The due date number <paramref name="index"/>, 0 being the first. Always counted from the first: the 31st is the last day of a
    /// shorter month and the 31st again in the next long one.</summary>
    public static LocalDate Date(LocalDate startsOn, PeriodicFrequency frequency, int index) => frequency == PeriodicFrequency.Weekly
        ? startsOn.PlusWeeks(index)
        : startsOn.PlusMonths(index * Months(frequency));

    /// <summary>The first due date on or after a day; null when the end date comes before it.</summary>
    /// <remarks>The number of transfers is the caller's to count: missed ones count too.</remarks>
    public static LocalDate? FirstFrom(PeriodicTerms terms, LocalDate day)
    {
        var index = Math.Max(0, Estimate(terms, day) - 1);
        while (Date(terms.StartsOn, terms.Frequency, index) < day)
            index++;
        var date = Date(terms.StartsOn, terms.Frequency, index);
        return terms.EndsOn is { } last && date > last ? null : date;
    }

    public static PeriodicOccurrence FirstTry(LocalDate dueOn) => new(dueOn, 0, RunAt(dueOn));

    /// <summary>How many due dates lie before a day, or one less.</summary>
    private static int Estimate(PeriodicTerms terms, LocalDate day)
    {
        if (day <= terms.StartsOn)
            return 0;
        return terms.Frequency == PeriodicFrequency.Weekly
            ? Period.DaysBetween(terms.StartsOn, day) / 7
            : (((day.Year - terms.StartsOn.Year) * 12) + day.Month - terms.StartsOn.Month) / Months(terms.Frequency);
    }

    private static int Months(PeriodicFrequency frequency) => frequency switch
    {
        PeriodicFrequency.Monthly => 1,
        PeriodicFrequency.Quarterly => 3,
        PeriodicFrequency.HalfYearly => 6,
        PeriodicFrequency.Yearly => 12,
        _ => throw new ArgumentOutOfRangeException(nameof(frequency)),
    };

    /// <summary>None of the times falls into the hour that a change of the clocks leaves out or repeats.</summary>
    private static Instant At(LocalDate date, LocalTime time) => (date + time).InZoneLeniently(BankTime.Tirane).ToInstant();
}
