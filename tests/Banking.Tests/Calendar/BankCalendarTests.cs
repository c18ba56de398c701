using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Calendar;
using Serverless.Testing;

namespace Serverless.Banking.Tests.Calendar;

public sealed class BankCalendarTests
{
    private static readonly BankCalendar Banks = new(Options.Create(new CalendarOptions()), new TestClock());

    // Dates as published by the Bank of Albania for these years, with their substitutes.
    [Theory]
    [InlineData("2026-01-01", false)]
    [InlineData("2026-01-05", true)]
    [InlineData("2026-03-14", false)] // a Saturday,
    [InlineData("2026-03-16", false)] // made up for on the Monday
    [InlineData("2026-03-20", false)] // Bajram
    [InlineData("2026-03-23", false)] // Nevruz was a Sunday
    [InlineData("2026-04-06", false)] // Catholic Easter Monday
    [InlineData("2026-04-13", false)] // Orthodox Easter Monday
    [InlineData("2026-04-14", true)]
    [InlineData("2026-05-27", false)]
    [InlineData("2026-11-23", false)] // the Alphabet's day was a Sunday
    [InlineData("2026-11-30", false)] // Flag Day was a Saturday
    [InlineData("2026-12-01", false)] // Liberation Day was a Sunday
    [InlineData("2026-12-02", true)]
    [InlineData("2025-04-21", false)] // both Easters on one Sunday
    [InlineData("2025-04-22", true)]
    public void Holidays_weekends_and_substitutes_are_no_business_days(string day, bool isBusinessDay) =>
        Assert.Equal(isBusinessDay, Banks.IsBusinessDay(LocalDatePattern.Iso.Parse(day).Value));

    [Theory]
    [InlineData(2024, "2024-03-31", "2024-05-05")]
    [InlineData(2025, "2025-04-20", "2025-04-20")]
    [InlineData(2026, "2026-04-05", "2026-04-12")]
    [InlineData(2027, "2027-03-28", "2027-05-02")]
    public void Easter_is_computed_by_both_reckonings(int year, string catholic, string orthodox) => Assert.Equal(
        $"{catholic} {orthodox}", $"{LocalDatePattern.Iso.Format(Easter.Catholic(year))} {LocalDatePattern.Iso.Format(Easter.Orthodox(year))}");

    [Theory]
    [InlineData("2026-03-12T14:59", "2026-03-12 2026-03-13 now")]
    [InlineData("2026-03-12T15:00", "2026-03-13 2026-03-17 2026-03-13T00:00")]
    [InlineData("2026-03-13T16:00", "2026-03-17 2026-03-18 2026-03-17T00:00")] // a long weekend
    [InlineData("2026-03-14T09:00", "2026-03-17 2026-03-18 2026-03-17T00:00")]
    public void After_the_cut_off_and_on_holidays_an_order_leaves_on_the_next_business_day(string ordered, string expected)
    {
        var at = BankTime.Tirane.AtLeniently(LocalDateTimePattern.CreateWithInvariantCulture("uuuu-MM-dd'T'HH:mm").Parse(ordered).Value).ToInstant();

        var plan = Banks.Plan("national", at);

        var starts = plan.StartsAt == at ? "now" : plan.StartsAt.InZone(BankTime.Tirane).LocalDateTime.ToString("uuuu-MM-dd'T'HH:mm", null);
        Assert.Equal(expected, $"{LocalDatePattern.Iso.Format(plan.ExecutionDate)} {LocalDatePattern.Iso.Format(plan.ExpectedBy)} {starts}");
    }

    [Fact]
    public void Settings_add_holidays_and_cut_offs_of_their_own()
    {
        var options = new CalendarOptions { Holidays = { "2026-03-12" }, CutOffs = { ["international"] = "11:00" } };
        var banks = new BankCalendar(Options.Create(options), new TestClock());

        Assert.False(banks.IsBusinessDay(new LocalDate(2026, 3, 12)));
        Assert.Equal(new LocalDate(2026, 3, 11), banks.Plan("international", At(2026, 3, 10, 12)).ExecutionDate);
        Assert.Equal(new LocalDate(2026, 3, 10), banks.Plan("national", At(2026, 3, 10, 12)).ExecutionDate);
    }

    [Fact]
    public void One_business_day_later_keeps_the_time_of_day() =>
        Assert.Equal(At(2026, 3, 17, 12), Banks.OneBusinessDayAfter(At(2026, 3, 13, 12)));

    private static Instant At(int year, int month, int day, int hour) =>
        BankTime.Tirane.AtStrictly(new LocalDateTime(year, month, day, hour, 0)).ToInstant();
}
