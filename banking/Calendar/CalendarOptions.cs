using System.ComponentModel.DataAnnotations;

namespace Serverless.Banking.Calendar;

/// <summary>Settings section <c>Calendar</c>: when payments leave the bank.</summary>
public sealed class CalendarOptions : IValidatableObject
{
    /// <summary>By name, such as <c>national</c>: orders after this time of day (Europe/Tirane) leave on the next business day. ISO 8601, <c>15:00</c>.</summary>
    public IDictionary<string, string> CutOffs { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Used for names that <see cref="CutOffs"/> does not have.</summary>
    public string CutOff { get; set; } = "15:00";

    /// <summary>
    /// Days that no rule gives, ISO 8601: the Bajrams, which follow the moon and are proclaimed each year, and days the Council of Ministers adds.
    /// They are added to those of <c>holidays.json</c>.
    /// </summary>
    public IList<string> Holidays { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
    [
        .. CutOffs.Values.Append(CutOff).Where(time => !NodaTime.Text.LocalTimePattern.CreateWithInvariantCulture("HH:mm").Parse(time).Success)
            .Select(time => new ValidationResult($"Calendar: '{time}' is no time of day like 15:00.")),
        .. Holidays.Where(day => !NodaTime.Text.LocalDatePattern.Iso.Parse(day).Success)
            .Select(day => new ValidationResult($"Calendar: '{day}' is no date like 2026-03-20.")),
    ];
}
