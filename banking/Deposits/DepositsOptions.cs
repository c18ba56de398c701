using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Serverless.Banking.Deposits;

/// <summary>Section <c>Deposits</c>: what is offered, and at which rates.</summary>
public sealed partial class DepositsOptions : IValidatableObject
{
    /// <summary>The public bulletin of interest rates and deposit periods (LDP-06).</summary>
    [Required]
    public Uri? Bulletin { get; set; } = new("https://www.bkt.com.al/investo/buletini-i-normave-te-interesit");

    /// <summary>Withheld from the interest, in percent (LDP-26); a term keeps the tax that was shown when it began.</summary>
    [Range(0, 100)]
    public decimal TaxPercent { get; set; } = 15;

    /// <summary>A maturity date that is chosen lies at least so many days after the opening (LDP-08).</summary>
    [Range(1, 365)]
    public int MinimumDays { get; set; } = 40;

    /// <summary>The longest term (LDP-27).</summary>
    [Range(1, 120)]
    public int MaximumMonths { get; set; } = 60;

    /// <summary>The customer is reminded so many days before maturity (LDP-32).</summary>
    [Range(1, 30)]
    public int RemindDaysBefore { get; set; } = 5;

    /// <summary>Where the bank's own people are told of money that no account takes.</summary>
    [Required, EmailAddress]
    public string Desk { get; set; } = "depozitat@example.com";

    /// <summary>By id: small letters, digits, hyphens.</summary>
    public IDictionary<string, DepositProductOptions> Products { get; } = new Dictionary<string, DepositProductOptions>(StringComparer.Ordinal);

    /// <summary>By ISO 4217 code.</summary>
    public IDictionary<string, DepositCurrencyOptions> Currencies { get; } = new Dictionary<string, DepositCurrencyOptions>(StringComparer.Ordinal);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Products.Count == 0 || Currencies.Count == 0)
            yield return new ValidationResult("Deposits: name at least one of Products and one of Currencies.");
        if (!DepositInterest.IsExact(TaxPercent))
            yield return new ValidationResult("Deposits:TaxPercent has at most four decimals.", [nameof(TaxPercent)]);
        foreach (var (code, currency) in Currencies)
        {
            if (FaultOf(code, currency) is { } fault)
                yield return new ValidationResult($"Deposits:Currencies:{code}: {fault}.", [nameof(Currencies)]);
        }

        foreach (var (id, product) in Products)
        {
            if (FaultOf(id, product) is { } fault)
                yield return new ValidationResult($"Deposits:Products:{id}: {fault}.", [nameof(Products)]);
        }
    }

    private string? FaultOf(string code, DepositCurrencyOptions options)
    {
        if (Currency.Find(code) is not { } currency)
            return "not a currency of ISO 4217";
        if (DepositRates.Minor(options.Minimum, currency) is not > 0)
            return "Minimum must be a positive amount of it";
        if (options.Rates.Count == 0)
            return "name at least one of Rates";
        foreach (var (from, text) in options.Rates)
        {
            if (!decimal.TryParse(from, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || DepositRates.Minor(amount, currency) is null)
                return $"Rates:{from} must be named by the amount that it holds from, in whole units";
            if (DepositRates.Parse(text) is not { } rates)
                return $"Rates:{from} must be pairs of days and percent, by days, such as '40:1.10 90:1.40'";
            if (rates[0].Days > MinimumDays)
                return $"Rates:{from} must begin with {MinimumDays} days or less";
        }

        return options.Rates.Keys.Min(from => decimal.Parse(from, CultureInfo.InvariantCulture)) > options.Minimum ? "Rates must begin with the Minimum or less" : null;
    }

    private string? FaultOf(string id, DepositProductOptions product) =>
        !IdShape().IsMatch(id) ? "an id has small letters, digits and hyphens, at most 40"
        : product.Months < 1 || product.Months > MaximumMonths ? $"Months must be from 1 to {MaximumMonths}"
        : product.CurrencyCodes.FirstOrDefault(code => !Currencies.ContainsKey(code)) is { } unknown ? $"{unknown} is none of Deposits:Currencies"
        : product.Months * DaysOfMonthAtLeast < FirstDays(product) ? "there is no rate for so few days"
        : null;

    private const int DaysOfMonthAtLeast = 28;

    /// <summary>The fewest days for which each of the product's currencies has a rate.</summary>
    private int FirstDays(DepositProductOptions product) => Currencies
        .Where(currency => product.CurrencyCodes.Count == 0 || product.CurrencyCodes.Contains(currency.Key, StringComparer.Ordinal))
        .SelectMany(currency => currency.Value.Rates.Values).Select(text => DepositRates.Parse(text)?[0].Days ?? 0).DefaultIfEmpty(0).Max();

    [GeneratedRegex(@"\A[a-z0-9-]{1,40}\z")]
    private static partial Regex IdShape();
}

/// <summary>A product of a fixed period.</summary>
public sealed class DepositProductOptions
{
    public int Months { get; set; }

    /// <summary>Codes with spaces between them; empty: every currency of deposits.</summary>
    public string Currencies { get; set; } = "";

    internal IReadOnlyList<string> CurrencyCodes => Currencies.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}

public sealed class DepositCurrencyOptions
{
    /// <summary>The least amount, in units.</summary>
    public decimal Minimum { get; set; }

    /// <summary>By the amount in whole units from which they hold: pairs of days and a year's percent, such as <c>40:1.10 90:1.40</c>; each holds until the next one.</summary>
    public IDictionary<string, string> Rates { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
