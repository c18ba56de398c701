using NodaTime;

namespace Serverless.Banking.Calendar;

/// <summary>When people at the bank are at work: business days, 08:30 to 16:30 in Tirana (PROF-07, PROF-26).</summary>
public sealed class WorkingHours(BankCalendar calendar)
{
    private static readonly LocalTime Opening = new(8, 30);
    private static readonly LocalTime Closing = new(16, 30);

    public bool IsOpen(Instant moment)
    {
        var local = moment.InZone(BankTime.Tirane);
        return calendar.IsBusinessDay(local.Date) && local.TimeOfDay >= Opening && local.TimeOfDay < Closing;
    }

    /// <returns>The next moment at which a day's work begins, after the given one.</returns>
    public Instant NextOpening(Instant moment)
    {
        var local = moment.InZone(BankTime.Tirane);
        var day = calendar.SameOrNext(local.TimeOfDay < Opening ? local.Date : local.Date.PlusDays(1));
        return BankTime.Tirane.AtLeniently(day.At(Opening)).ToInstant();
    }
}
