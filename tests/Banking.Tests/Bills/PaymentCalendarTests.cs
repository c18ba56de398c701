using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Bills;

namespace Serverless.Banking.Tests.Bills;

public sealed class PaymentCalendarTests
{
    [Theory]
    [InlineData("2026-01-15T05:00:00Z", 15, "2026-02-15")] // 06:00 of the day itself: its run has started.
    [InlineData("2026-01-15T04:59:59Z", 15, "2026-01-15")]
    [InlineData("2026-01-14T23:30:00Z", 15, "2026-01-15")] // Already the 15th in Tirana.
    [InlineData("2026-01-31T05:00:00Z", 31, "2026-02-28")]
    [InlineData("2026-02-28T04:59:59Z", 31, "2026-02-28")]
    [InlineData("2026-02-28T05:00:00Z", 31, "2026-03-31")]
    [InlineData("2026-03-31T04:00:00Z", 31, "2026-04-30")]
    [InlineData("2026-02-01T00:00:00Z", 30, "2026-02-28")]
    [InlineData("2028-02-01T00:00:00Z", 29, "2028-02-29")] // A leap year.
    [InlineData("2028-02-01T00:00:00Z", 30, "2028-02-29")]
    [InlineData("2027-02-01T00:00:00Z", 29, "2027-02-28")]
    [InlineData("2026-12-31T23:30:00Z", 1, "2027-01-01")] // New Year in Tirana, and before its run.
    [InlineData("2026-12-31T05:00:00Z", 31, "2027-01-31")]
    [InlineData("2026-08-20T12:00:00Z", 15, "2026-09-15")]
    [InlineData("2026-08-01T00:00:00Z", 1, "2026-08-01")] // A Saturday: weekends are not moved (BILL-22).
    public void The_next_payment_day_is_the_first_whose_run_has_not_started(string now, int paymentDay, string expected) =>
        Assert.Equal(expected, Write(PaymentCalendar.NextAfter(At(now), paymentDay)));

    /// <remarks>The Tz database: Europe/Tirane is UTC+1, and UTC+2 from the last Sunday of March to the last Sunday of October, changing at 01:00 UTC.</remarks>
    [Theory]
    [InlineData("2026-01-15", "2026-01-15T05:00:00Z")]
    [InlineData("2026-07-15", "2026-07-15T04:00:00Z")]
    [InlineData("2026-03-28", "2026-03-28T05:00:00Z")]
    [InlineData("2026-03-29", "2026-03-29T04:00:00Z")] // The clocks went forward three hours before.
    [InlineData("2026-10-24", "2026-10-24T04:00:00Z")]
    [InlineData("2026-10-25", "2026-10-25T05:00:00Z")] // And back.
    public void A_run_is_at_six_in_Tirana_whatever_the_season(string day, string expected) =>
        Assert.Equal(expected, InstantPattern.General.Format(PaymentCalendar.RunAt(Day(day))));

    [Theory]
    [InlineData(29, "2026-03-29T03:59:59Z", "2026-03-29")]
    [InlineData(29, "2026-03-29T04:00:00Z", "2026-04-29")]
    [InlineData(25, "2026-10-25T04:59:59Z", "2026-10-25")]
    [InlineData(25, "2026-10-25T05:00:00Z", "2026-11-25")]
    public void The_days_on_which_the_clocks_change_are_payment_days_like_others(int paymentDay, string now, string expected) =>
        Assert.Equal(expected, Write(PaymentCalendar.NextAfter(At(now), paymentDay)));

    [Theory]
    [InlineData("2026-02-10", "2026-03-09", 10, "2026-02-10")]
    [InlineData("2026-02-11", "2026-03-09", 10, null)]
    [InlineData("2026-02-11", "2026-03-10", 10, "2026-03-10")]
    [InlineData("2026-01-01", "2026-12-31", 10, "2026-12-10")]
    [InlineData("2026-02-28", "2026-02-28", 31, "2026-02-28")]
    [InlineData("2026-02-01", "2026-02-27", 31, null)]
    [InlineData("2026-01-31", "2026-02-27", 31, "2026-01-31")]
    [InlineData("2028-02-28", "2028-02-29", 30, "2028-02-29")]
    [InlineData("2026-03-05", "2026-03-04", 5, null)] // An empty range.
    public void The_last_payment_day_of_a_range_may_be_either_end_of_it(string from, string to, int paymentDay, string? expected) =>
        Assert.Equal(expected, PaymentCalendar.LastWithin(Day(from), Day(to), paymentDay) is { } day ? Write(day) : null);

    [Fact]
    public void The_next_payment_day_is_ahead_within_a_month_and_on_the_day_that_was_chosen() => Prop.ForAll(Moments, PaymentDays, (now, paymentDay) =>
    {
        var next = PaymentCalendar.NextAfter(now, paymentDay);
        var wait = PaymentCalendar.RunAt(next) - now;

        // A month of 31 days, and the hour when the clocks go back.
        Assert.True(wait > Duration.Zero && wait <= Duration.FromDays(31) + Duration.FromHours(1), $"{now}, day {paymentDay}: {next}");
        Assert.Equal(DayIn(next, paymentDay), next.Day);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void No_payment_day_is_left_out_and_none_comes_twice() => Prop.ForAll(Moments, PaymentDays, (now, paymentDay) =>
    {
        var first = PaymentCalendar.NextAfter(now, paymentDay);
        var second = PaymentCalendar.NextAfter(PaymentCalendar.RunAt(first), paymentDay);

        Assert.Equal(first.ToYearMonth().PlusMonths(1), second.ToYearMonth());
        Assert.Equal(first, PaymentCalendar.NextAfter(PaymentCalendar.RunAt(first) - Duration.Epsilon, paymentDay));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_last_payment_day_of_a_range_is_the_one_found_by_looking_at_every_day() =>
        Prop.ForAll(Moments, PaymentDays, Gen.Choose(0, 100).ToArbitrary(), (moment, paymentDay, length) =>
        {
            var from = PaymentCalendar.Today(moment);
            var days = Enumerable.Range(0, length + 1).Select(from.PlusDays).Where(day => day.Day == DayIn(day, paymentDay)).ToArray();
            LocalDate? expected = days.Length == 0 ? null : days[^1];

            Assert.Equal(expected, PaymentCalendar.LastWithin(from, from.PlusDays(length), paymentDay));
        }).QuickCheckThrowOnFailure();

    /// <summary>Any second of the years 2020 to 2059; half of them within an hour of a run, where mistakes would be.</summary>
    private static Arbitrary<Instant> Moments { get; } = Gen.OneOf(
        Gen.Choose(0, 40 * 365 * 24 * 60).Select(minutes => Instant.FromUtc(2020, 1, 1, 0, 0) + Duration.FromMinutes(minutes)),
        Gen.Choose(0, 40 * 365).SelectMany(days => Gen.Choose(-3600, 3600).Select(seconds =>
            PaymentCalendar.RunAt(new LocalDate(2020, 1, 1).PlusDays(days)) + Duration.FromSeconds(seconds)))).ToArbitrary();

    private static Arbitrary<int> PaymentDays { get; } = Gen.Choose(1, 31).ToArbitrary();

    /// <summary>The chosen day, or the last of a shorter month (BILL-22).</summary>
    private static int DayIn(LocalDate month, int paymentDay) => Math.Min(paymentDay, DateTime.DaysInMonth(month.Year, month.Month));

    private static Instant At(string text) => InstantPattern.General.Parse(text).Value;

    private static LocalDate Day(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static string Write(LocalDate day) => LocalDatePattern.Iso.Format(day);
}
