using NodaTime;
using NodaTime.Text;
using Serverless.Banking.Accounts;

namespace Serverless.Banking.Tests.Accounts;

/// <summary>On which days statements are sent (ACC-18).</summary>
public sealed class StatementScheduleTests
{
    [Theory]
    [InlineData("2027-01-31", StatementFrequency.Monthly, 31, "2027-02-28 2027-03-31 2027-04-30 2027-05-31")]
    [InlineData("2028-01-30", StatementFrequency.Monthly, 30, "2028-02-29 2028-03-30 2028-04-30")]
    [InlineData("2027-01-10", StatementFrequency.Monthly, 15, "2027-01-15 2027-02-15 2027-03-15")]
    [InlineData("2027-01-15", StatementFrequency.Monthly, 15, "2027-02-15 2027-03-15")]
    [InlineData("2027-11-30", StatementFrequency.Quarterly, 31, "2028-02-29 2028-05-31 2028-08-31 2028-11-30")]
    [InlineData("2027-08-31", StatementFrequency.HalfYearly, 29, "2028-02-29 2028-08-29 2029-02-28")]
    [InlineData("2028-02-29", StatementFrequency.Yearly, 29, "2029-02-28 2030-02-28 2031-02-28 2032-02-29")]
    public void A_statement_is_sent_on_the_chosen_day_or_the_month_s_last_counted_from_the_opening_month(
        string opened, StatementFrequency frequency, int day, string expected)
    {
        var openedOn = LocalDatePattern.Iso.Parse(opened).Value;
        var (date, dates) = (openedOn, new List<string>());
        foreach (var _ in expected.Split(' '))
        {
            date = StatementSchedule.NextAfter(date, openedOn, frequency, day);
            dates.Add(LocalDatePattern.Iso.Format(date));
        }

        Assert.Equal(expected, string.Join(' ', dates));
    }

    [Fact]
    public void After_a_pause_the_rhythm_is_still_that_of_the_opening_month() =>
        Assert.Equal(
            new LocalDate(2028, 4, 10), StatementSchedule.NextAfter(new LocalDate(2028, 1, 11), new LocalDate(2027, 1, 5), StatementFrequency.Quarterly, 10));
}
