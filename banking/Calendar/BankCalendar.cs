using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.Options;
using NodaTime;
using NodaTime.Text;

namespace Serverless.Banking.Calendar;

/// <summary>The business days of the banks of Albania.</summary>
/// <remarks>
/// Sources: Law 7651/1992 on official holidays and its amendments (fixed days, both Easters with their Mondays as substitute days, both Bajrams). A holiday on a
/// Saturday or Sunday is made up for on the next working day. The Bajrams follow the moon: their days are data by year, as proclaimed.
/// </remarks>
public sealed class BankCalendar(IOptions<CalendarOptions> options, TimeProvider time, StaffHolidays? staff = null)
{
    private static readonly HolidayData Data = ReadData();

    private readonly ConcurrentDictionary<int, HashSet<LocalDate>> byYear = new();

    public LocalDate Today => Now.InZone(BankTime.Tirane).Date;

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <summary>Neither Saturday, Sunday nor an official holiday or its substitute, unless staff have set it otherwise.</summary>
    public bool IsBusinessDay(LocalDate day) => staff?.Find(day)?.IsOpen ?? IsOfficialBusinessDay(day);

    /// <summary>What the law's rules alone say.</summary>
    public bool IsOfficialBusinessDay(LocalDate day) => !IsWeekend(day) && !HolidaysOf(day.Year).Contains(day);

    /// <summary>The official holidays of a year and their substitutes, in order.</summary>
    public IReadOnlyList<LocalDate> OfficialHolidays(int year) => [.. HolidaysOf(year).Order()];

    /// <summary>The day itself when it is a business day, else the first one after it.</summary>
    public LocalDate SameOrNext(LocalDate day)
    {
        while (!IsBusinessDay(day))
            day = day.PlusDays(1);
        return day;
    }

    /// <summary>The day itself when it is a business day, else the last one before it.</summary>
    public LocalDate SameOrPrevious(LocalDate day)
    {
        while (!IsBusinessDay(day))
            day = day.PlusDays(-1);
        return day;
    }

    /// <param name="days">0 or more; 0 is the day itself or the next business day.</param>
    public LocalDate AddBusinessDays(LocalDate day, int days)
    {
        day = SameOrNext(day);
        for (; days > 0; days--)
            day = SameOrNext(day.PlusDays(1));
        return day;
    }

    /// <summary>The moment one business day later: the same time of day, or the end of a day that is none.</summary>
    public Instant OneBusinessDayAfter(Instant moment)
    {
        var local = moment.InZone(BankTime.Tirane).LocalDateTime;
        return BankTime.Tirane.AtLeniently(AddBusinessDays(local.Date, IsBusinessDay(local.Date) ? 1 : 0).At(local.TimeOfDay)).ToInstant();
    }

    /// <summary>When an order given now begins its way, and by when it must have arrived (TRF-38).</summary>
    /// <param name="rail">Names a cut-off time of the settings, such as <c>national</c>.</param>
    public ExecutionPlan Plan(string rail) => Plan(rail, Now);

    public ExecutionPlan Plan(string rail, Instant orderedAt)
    {
        var local = orderedAt.InZone(BankTime.Tirane);
        var cutOff = LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(options.Value.CutOffs.TryGetValue(rail, out var own) ? own : options.Value.CutOff).Value;
        if (IsBusinessDay(local.Date) && local.TimeOfDay < cutOff)
            return new ExecutionPlan(local.Date, AddBusinessDays(local.Date, 1), orderedAt);
        var day = SameOrNext(IsBusinessDay(local.Date) ? local.Date.PlusDays(1) : local.Date);
        return new ExecutionPlan(day, AddBusinessDays(day, 1), day.AtStartOfDayInZone(BankTime.Tirane).ToInstant());
    }

    private HashSet<LocalDate> HolidaysOf(int year) => byYear.GetOrAdd(year, Compute);

    private HashSet<LocalDate> Compute(int year)
    {
        var holidays = new SortedSet<LocalDate>(Data.Fixed.Where(day => year >= day.From).Select(day => new LocalDate(year, day.Month, day.Day)))
        {
            Easter.Catholic(year),
            Easter.Orthodox(year),
        };
        holidays.UnionWith(Data.Moving.Concat(options.Value.Holidays).Select(text => LocalDatePattern.Iso.Parse(text).Value).Where(day => day.Year == year));

        // No holiday stands so late in the year that its substitute falls into the next one.
        var all = new HashSet<LocalDate>(holidays);
        foreach (var holiday in holidays.Where(IsWeekend))
        {
            var substitute = holiday.PlusDays(1);
            while (IsWeekend(substitute) || all.Contains(substitute))
                substitute = substitute.PlusDays(1);
            all.Add(substitute);
        }

        return all;
    }

    private static bool IsWeekend(LocalDate day) => day.DayOfWeek is IsoDayOfWeek.Saturday or IsoDayOfWeek.Sunday;

    private static HolidayData ReadData()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.Calendar.holidays.json")!;
        return JsonSerializer.Deserialize<HolidayData>(stream, JsonSerializerOptions.Web)!;
    }

    private sealed record HolidayData(IReadOnlyList<FixedHoliday> Fixed, IReadOnlyList<string> Moving);

    /// <param name="From">First year; 0 for as long as anybody remembers.</param>
    private sealed record FixedHoliday(int Month, int Day, string Name, int From = 0);
}

/// <param name="ExecutionDate">The business day on which the order leaves the bank.</param>
/// <param name="ExpectedBy">One business day later: the promise.</param>
/// <param name="StartsAt">When it may leave: at once, or at the beginning of <paramref name="ExecutionDate"/>.</param>
public sealed record ExecutionPlan(LocalDate ExecutionDate, LocalDate ExpectedBy, Instant StartsAt);
