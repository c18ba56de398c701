using System.Text.RegularExpressions;
using Serverless.Sandbox.Http;

namespace Serverless.Sandbox.Billers;

/// <summary>An amount as partners write it. The text is canonical (no leading zeros, all decimals), so equal amounts are equal texts.</summary>
internal sealed partial record Money(string Amount, string Currency)
{
    /// <summary>The currencies of the bank's accounts; each has two decimals.</summary>
    private static readonly HashSet<string> Currencies = new(StringComparer.Ordinal) { "ALL", "AUD", "CAD", "CHF", "EUR", "GBP", "USD" };

    public static Money Zero(string currency) => new("0.00", currency);

    /// <summary>Reads an amount that is not negative.</summary>
    public static Money Read(string pointer, Money? body, Faults faults)
    {
        if (body is null)
        {
            faults.Add(pointer, """Must be an amount as {"amount":"1707.40","currency":"ALL"}.""");
            return Zero("ALL");
        }

        faults.Matching(pointer + "/amount", body.Amount, AmountShape(), "a decimal text with two decimals and without sign, as 1707.40");
        if (body.Currency is null || !Currencies.Contains(body.Currency))
        {
            faults.Add(pointer + "/currency", "Must be one of " + string.Join(", ", Currencies) + ".");
        }

        return body;
    }

    public static Money ReadPositive(string pointer, Money? body, Faults faults)
    {
        var money = Read(pointer, body, faults);
        if (money.Amount == "0.00" && body is not null)
        {
            faults.Add(pointer + "/amount", "Must be more than zero.");
        }

        return money;
    }

    /// <summary>Reads a penalty: zero when left out, else in the currency of the amount.</summary>
    public static Money ReadPenalty(string pointer, Money? body, Money amount, Faults faults)
    {
        if (body is null)
        {
            return Zero(amount.Currency);
        }

        var penalty = Read(pointer, body, faults);
        if (penalty.Currency != amount.Currency)
        {
            faults.Add(pointer + "/currency", "Must be the amount's currency.");
        }

        return penalty;
    }

    [GeneratedRegex(@"\A(0|[1-9][0-9]{0,11})\.[0-9]{2}\z")]
    private static partial Regex AmountShape();
}
