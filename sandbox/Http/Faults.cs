using System.Globalization;
using System.Text.RegularExpressions;

namespace Serverless.Sandbox.Http;

/// <summary>Collects what is wrong with a request, so that the answer names every fault at once.</summary>
/// <remarks>Readers return a harmless value after a fault; nothing is done with it, because a request with faults is not handled.</remarks>
internal sealed partial class Faults
{
    private readonly List<Fault> found = [];

    public bool Any => found.Count > 0;

    public void Add(string pointer, string message) => found.Add(new Fault(pointer, message));

    public IResult Answer() => Answers.Json(StatusCodes.Status400BadRequest, new InvalidRequest("invalid_request", "The request cannot be read.", found));

    /// <summary>A code in somebody's system: A-Z a-z 0-9 . - _, at most <paramref name="max"/> characters.</summary>
    public string Code(string pointer, string? text, int max)
    {
        if (text is null || text.Length > max || !CodeShape().IsMatch(text))
        {
            Add(pointer, $"Must be 1 to {max} of the characters A-Z a-z 0-9 . - _");
        }

        return text ?? "";
    }

    public string Text(string pointer, string? text, int max)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > max)
        {
            Add(pointer, $"Must be a text of 1 to {max} characters.");
        }

        return text ?? "";
    }

    public string? OptionalText(string pointer, string? text, int max) => text is null ? null : Text(pointer, text, max);

    public string Matching(string pointer, string? text, Regex shape, string expected)
    {
        if (text is null || !shape.IsMatch(text))
        {
            Add(pointer, $"Must be {expected}.");
        }

        return text ?? "";
    }

    public string CustomerNumber(string pointer, string? text) => Matching(pointer, text, CustomerNumberShape(), "a customer number of nine digits");

    public DateOnly Date(string pointer, string? text)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            Add(pointer, "Must be a date as 2018-08-01.");
        }

        return date;
    }

    public DateTimeOffset Time(string pointer, string? text)
    {
        if (text is null || !TimeShape().IsMatch(text)
            || !DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var time))
        {
            Add(pointer, "Must be a time with its offset, as 2026-01-01T06:00:00Z.");
            return default;
        }

        return time;
    }

    public int WholeNumber(string pointer, int? number, int from, int to)
    {
        if (number < from || number > to)
        {
            Add(pointer, $"Must be a whole number from {from} to {to}.");
        }

        return number ?? from;
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]+\z")]
    private static partial Regex CodeShape();

    [GeneratedRegex(@"\A[0-9]{9}\z")]
    public static partial Regex CustomerNumberShape();

    [GeneratedRegex(@"\A[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}:[0-9]{2})\z")]
    private static partial Regex TimeShape();

    internal sealed record Fault(string Pointer, string Message);

    internal sealed record InvalidRequest(string Code, string Message, IReadOnlyList<Fault> Errors);
}
