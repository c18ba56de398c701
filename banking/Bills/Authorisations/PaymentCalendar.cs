using NodaTime;

namespace Serverless.Banking.Bills;

/// <summary>On which days authorisations are looked at, counted in Europe/Tirane (BILL-22, BILL-23).</summary>
public static class PaymentCalendar
{
    /// <summary>The further days on which a payment that lacked money is tried again (BILL-23).</summary>
    public const int RetryDays = 3;

    /// <summary>The run of a day starts then (BILL-23).</summary>
    public static LocalTime RunTime { get; } = new(6, 0);

    public static LocalDate Today(Instant now) => now.InZone(BankTime.Tirane).Date;

    public static Instant RunAt(LocalDate date) => (date + RunTime).InZoneLeniently(BankTime.Tirane).ToInstant();

    /// <summary>The payment day in that month: the last day of a shorter one; a weekend is not moved (BILL-22).</summary>
    public static LocalDate InMonth(YearMonth month, int paymentDay) =>
        new(month.Year, month.Month, Math.Min(paymentDay, month.Calendar.GetDaysInMonth(month.Year, month.Month)));

    /// <summary>The first payment day whose run has not started at that moment.</summary>
    public static LocalDate NextAfter(Instant moment, int paymentDay)
    {
        var month = Today(moment).ToYearMonth();
        var day = InMonth(month, paymentDay);
        return RunAt(day) > moment ? day : InMonth(month.PlusMonths(1), paymentDay);
    }

    /// <summary>The last payment day in the closed range; null when none falls into it.</summary>
    public static LocalDate? LastWithin(LocalDate from, LocalDate to, int paymentDay)
    {
        var month = to.ToYearMonth();
        var day = InMonth(month, paymentDay);
        if (day > to)
            day = InMonth(month.PlusMonths(-1), paymentDay);
        return day >= from ? day : null;
    }
}
