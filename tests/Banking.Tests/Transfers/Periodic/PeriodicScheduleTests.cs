using FsCheck;
using FsCheck.Fluent;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;

namespace Serverless.Banking.Tests.Transfers.Periodic;

public sealed class PeriodicScheduleTests
{
    private static readonly Gen<LocalDate> Dates = Gen.Choose(0, 20_000).Select(days => new LocalDate(2020, 1, 1).PlusDays(days));

    [Theory]
    [InlineData("2027-01-31", PeriodicFrequency.Monthly, "2027-01-31 2027-02-28 2027-03-31 2027-04-30 2027-05-31")]
    [InlineData("2028-01-30", PeriodicFrequency.Monthly, "2028-01-30 2028-02-29 2028-03-30 2028-04-30 2028-05-30")]
    [InlineData("2027-11-30", PeriodicFrequency.Quarterly, "2027-11-30 2028-02-29 2028-05-30 2028-08-30 2028-11-30")]
    [InlineData("2027-08-31", PeriodicFrequency.HalfYearly, "2027-08-31 2028-02-29 2028-08-31 2029-02-28 2029-08-31")]
    [InlineData("2028-02-29", PeriodicFrequency.Yearly, "2028-02-29 2029-02-28 2030-02-28 2031-02-28 2032-02-29")]
    [InlineData("2027-12-28", PeriodicFrequency.Weekly, "2027-12-28 2028-01-04 2028-01-11 2028-01-18 2028-01-25")]
    public void Dates_are_counted_from_the_first(string first, PeriodicFrequency frequency, string expected) => Assert.Equal(
        expected, string.Join(' ', Enumerable.Range(0, 5).Select(index => Text(PeriodicSchedule.Date(Date(first), frequency, index)))));

    [Fact]
    public void The_first_date_from_a_day_is_the_first_of_all_dates_that_is_not_before_it() => Prop.ForAll(
        Dates.ToArbitrary(), Dates.ToArbitrary(), Gen.Elements(Enum.GetValues<PeriodicFrequency>()).ToArbitrary(),
        (start, day, frequency) =>
        {
            var expected = Enumerable.Range(0, 10_000).Select(index => PeriodicSchedule.Date(start, frequency, index)).First(date => date >= day);
            return PeriodicSchedule.FirstFrom(Terms(start, frequency, null), day) == expected;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Dates_grow_keep_their_day_where_the_month_has_it_and_end_with_the_end_date() => Prop.ForAll(
        Dates.ToArbitrary(), Gen.Choose(0, 2_000).ToArbitrary(), Gen.Elements(Enum.GetValues<PeriodicFrequency>()).ToArbitrary(),
        (start, days, frequency) =>
        {
            var terms = Terms(start, frequency, start.PlusDays(days));
            var dates = new List<LocalDate>();
            for (var day = start; PeriodicSchedule.FirstFrom(terms, day) is { } date; day = date.PlusDays(1))
                dates.Add(date);
            return dates[0] == start
                && dates.Zip(dates.Skip(1)).All(pair => pair.First < pair.Second)
                && dates[^1] <= terms.EndsOn
                && PeriodicSchedule.Date(start, frequency, dates.Count) > terms.EndsOn
                && (frequency == PeriodicFrequency.Weekly
                    ? dates.All(date => date.DayOfWeek == start.DayOfWeek)
                    : dates.All(date => date.Day == Math.Min(start.Day, CalendarSystem.Iso.GetDaysInMonth(date.Year, date.Month))));
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData("2027-03-27", "2027-03-27T05:00:00Z")]
    [InlineData("2027-03-28", "2027-03-28T04:00:00Z")]
    [InlineData("2027-10-30", "2027-10-30T04:00:00Z")]
    [InlineData("2027-10-31", "2027-10-31T05:00:00Z")]
    public void It_is_six_in_the_morning_on_the_days_the_clocks_change_too(string date, string expected) =>
        Assert.Equal(expected, InstantPattern.General.Format(PeriodicSchedule.RunAt(Date(date))));

    [Theory]
    [InlineData("2027-03-28T04:00:01Z", "2027-03-28T10:00:00Z")]
    [InlineData("2027-03-28T10:00:00Z", "2027-03-28T16:00:00Z")]
    [InlineData("2027-03-28T15:59:59Z", "2027-03-28T16:00:00Z")]
    [InlineData("2027-03-28T16:00:00Z", "none")]
    [InlineData("2027-03-27T22:59:59Z", "none")]
    public void It_is_tried_again_at_noon_and_at_six_of_the_same_day(string now, string expected) => Assert.Equal(
        expected, PeriodicSchedule.RetryAfter(InstantPattern.General.Parse(now).Value) is { } at ? InstantPattern.General.Format(at) : "none");

    private static PeriodicTerms Terms(LocalDate start, PeriodicFrequency frequency, LocalDate? endsOn) => new(
        new AccountId(Guid.Empty), new Payee("", ""), Money.OfMinor(1, Currency.All), null, frequency, start, endsOn, endsOn is null ? 1 : null);

    private static LocalDate Date(string text) => LocalDatePattern.Iso.Parse(text).Value;

    private static string Text(LocalDate date) => LocalDatePattern.Iso.Format(date);
}
