using System.Globalization;
using NCrontab;

namespace Serverless.Emulator.Hosting;

/// <summary>When a timer runs: NCRONTAB with seconds (five fields mean second zero), or every so often.</summary>
internal sealed class TimerSchedule
{
    private readonly CrontabSchedule? cron;
    private readonly TimeSpan interval;
    private readonly TimeZoneInfo zone;

    private TimerSchedule(CrontabSchedule? cron, TimeSpan interval, TimeZoneInfo zone) => (this.cron, this.interval, this.zone) = (cron, interval, zone);

    /// <param name="zone">Where the fields of an NCRONTAB are read; its shift of hours skips or repeats nothing.</param>
    /// <exception cref="FunctionMisconfiguredException">Neither of the two forms.</exception>
    public static TimerSchedule Parse(string text, TimeZoneInfo zone, string function)
    {
        if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var interval) && interval > TimeSpan.Zero)
            return new(null, interval, zone);

        var fields = text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length;
        return CrontabSchedule.TryParse(text, new CrontabSchedule.ParseOptions { IncludingSeconds = fields != 5 }) is { } cron
            ? new(cron, default, zone)
            : throw new FunctionMisconfiguredException(
                function, $"the schedule '{text}' is neither a six-field NCRONTAB (seconds first) nor a time as hh:mm:ss.");
    }

    /// <summary>The first occurrence later than <paramref name="after"/>.</summary>
    public DateTimeOffset Next(DateTimeOffset after)
    {
        if (cron is null)
            return after + interval;

        // A local time that the clock jumps over is moved behind the gap; one that it passes twice counts the first time.
        var local = TimeZoneInfo.ConvertTime(after, zone).DateTime;
        while (true)
        {
            local = cron.GetNextOccurrence(local);
            var valid = local;
            while (zone.IsInvalidTime(valid))
                valid = valid.AddMinutes(15);

            var offset = zone.IsAmbiguousTime(valid) ? zone.GetAmbiguousTimeOffsets(valid).Max() : zone.GetUtcOffset(valid);
            var next = new DateTimeOffset(valid, offset).ToUniversalTime();
            if (next > after)
                return next;
        }
    }

    /// <summary>The last occurrence after one time, up to and including another; null when there is none.</summary>
    /// <remarks>Looked for in ever longer stretches before the end: a schedule of every minute has half a million in a year.</remarks>
    public DateTimeOffset? Last(DateTimeOffset after, DateTimeOffset until)
    {
        if (cron is null)
            return until - after >= interval ? after + (interval * Math.Floor((until - after) / interval)) : null;

        for (var stretch = TimeSpan.FromHours(1); ; stretch *= 24)
        {
            var from = until - after > stretch ? until - stretch : after;
            var last = Between(from, until).Select(time => (DateTimeOffset?)time).LastOrDefault();
            if (last is not null || from == after)
                return last;
        }
    }

    /// <summary>Every occurrence after one time, up to and including another.</summary>
    public IEnumerable<DateTimeOffset> Between(DateTimeOffset after, DateTimeOffset until)
    {
        for (var next = Next(after); next <= until; next = Next(next))
            yield return next;
    }
}
