using System.Globalization;
using System.Text;
using Serverless.Sandbox.Clock;

namespace Serverless.Sandbox.Rates;

/// <summary>What is published today. Every method is one step under one lock.</summary>
internal sealed class RatesFeed(SandboxClock clock)
{
    public const string Id = "rates";

    /// <summary>Units for one EUR. With the spreads of the bank's sample settings they give the rates of its sample settings.</summary>
    private static readonly Dictionary<string, string> Usual = new(StringComparer.Ordinal)
    {
        ["USD"] = "1.1785",
        ["GBP"] = "0.86808",
        ["CHF"] = "0.9347",
        ["AUD"] = "1.7925",
        ["CAD"] = "1.6247",
        ["JPY"] = "183.51",
        ["ALL"] = "98.05",
    };

    private readonly Lock gate = new();
    private FeedState state = new();

    public FeedState State
    {
        get
        {
            lock (gate)
            {
                return state;
            }
        }

        set
        {
            lock (gate)
            {
                state = value;
            }
        }
    }

    public void Reset() => State = new FeedState();

    /// <summary>As the ECB writes it: one day, currencies with units for one EUR.</summary>
    public string Write()
    {
        var now = State;
        var day = now.Date ?? LastWeekday(clock.Today);
        var text = new StringBuilder("""
            <?xml version="1.0" encoding="UTF-8"?>
            <gesmes:Envelope xmlns:gesmes="http://www.gesmes.org/xml/2002-08-01" xmlns="http://www.ecb.int/vocabulary/2002-08-01/eurofxref">
            <gesmes:subject>Reference rates</gesmes:subject>
            <gesmes:Sender><gesmes:name>Sandbox</gesmes:name></gesmes:Sender>
            <Cube>

            """);
        text.Append(CultureInfo.InvariantCulture, $"<Cube time='{day:yyyy-MM-dd}'>\n");
        foreach (var (currency, usual) in Usual)
        {
            if (now.Missing?.Contains(currency, StringComparer.Ordinal) != true)
                text.Append(CultureInfo.InvariantCulture, $"<Cube currency='{currency}' rate='{now.Rates?.GetValueOrDefault(currency) ?? usual}'/>\n");
        }

        return now.Broken ? text.ToString() : text.Append("</Cube>\n</Cube>\n</gesmes:Envelope>\n").ToString();
    }

    private static DateOnly LastWeekday(DateOnly day)
    {
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            day = day.AddDays(-1);
        return day;
    }
}

/// <param name="Date">Null: today, or the last weekday.</param>
/// <param name="Broken">The text ends in the middle.</param>
/// <param name="Missing">Currencies that are left out.</param>
/// <param name="Rates">Instead of the usual ones, by currency.</param>
internal sealed record FeedState(DateOnly? Date = null, bool Broken = false, IReadOnlyList<string>? Missing = null, IReadOnlyDictionary<string, string>? Rates = null);
