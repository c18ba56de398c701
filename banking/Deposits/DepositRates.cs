using System.Globalization;
using Microsoft.Extensions.Options;
using NodaTime;

namespace Serverless.Banking.Deposits;

/// <summary>A product of a fixed period.</summary>
public sealed record DepositProduct(string Id, int Months, IReadOnlyList<Currency> Currencies);

/// <param name="From">The amount from which it holds.</param>
/// <param name="Days">The number of days from which it holds.</param>
/// <param name="Percent">A year's.</param>
public sealed record DepositRate(Money From, int Days, decimal Percent);

/// <summary>What is offered, as the settings have it now (LDP-06, LDP-26).</summary>
public sealed class DepositRates
{
    /// <summary>Above it the settings are taken for a slip.</summary>
    private const decimal PercentAtMost = 25;

    private readonly IOptionsMonitor<DepositsOptions> options;

    internal DepositRates(IOptionsMonitor<DepositsOptions> options) => this.options = options;

    public DepositsOptions Rules => options.CurrentValue;

    /// <summary>By code.</summary>
    public IReadOnlyList<Currency> Currencies => [.. Rules.Currencies.Keys.Order(StringComparer.Ordinal).Select(Currency.Of)];

    /// <summary>The shortest first.</summary>
    public IReadOnlyList<DepositProduct> Products =>
        [.. Rules.Products.Select(product => Product(product.Key, product.Value)).OrderBy(product => product.Months).ThenBy(product => product.Id, StringComparer.Ordinal)];

    public bool IsOffered(Currency currency) => Rules.Currencies.ContainsKey(currency.Code);

    /// <summary>Null when it is not offered.</summary>
    public DepositProduct? FindProduct(string id) => Rules.Products.TryGetValue(id, out var product) ? Product(id, product) : null;

    /// <param name="currency">An offered one.</param>
    public Money MinimumOf(Currency currency) => Money.OfMinor(Minor(Rules.Currencies[currency.Code].Minimum, currency)!.Value, currency);

    /// <summary>By amount, then by days.</summary>
    /// <param name="currency">An offered one.</param>
    public IReadOnlyList<DepositRate> RatesOf(Currency currency) =>
    [
        .. Rules.Currencies[currency.Code].Rates
            .Select(band => (From: Money.OfMinor(Minor(decimal.Parse(band.Key, CultureInfo.InvariantCulture), currency)!.Value, currency), Rates: Parse(band.Value)!))
            .OrderBy(band => band.From.Minor)
            .SelectMany(band => band.Rates.Select(rate => new DepositRate(band.From, rate.Days, rate.Percent))),
    ];

    /// <summary>Of the highest band that the amount reaches the last rate that the days reach; null when the bank has none.</summary>
    public decimal? Find(Money amount, int days)
    {
        if (!IsOffered(amount.Currency))
            return null;
        var reached = RatesOf(amount.Currency).Where(rate => rate.From.Minor <= amount.Minor).ToList();
        return reached.LastOrDefault(rate => rate.From == reached[^1].From && rate.Days <= days)?.Percent;
    }

    public LocalDate EarliestMaturity(LocalDate openedOn) => openedOn.PlusDays(Rules.MinimumDays);

    public LocalDate LatestMaturity(LocalDate openedOn) => openedOn.PlusMonths(Rules.MaximumMonths);

    /// <summary>Null when the text has another shape.</summary>
    internal static IReadOnlyList<(int Days, decimal Percent)>? Parse(string? text)
    {
        List<(int Days, decimal Percent)> rates = [];
        foreach (var pair in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (pair.Split(':') is not [var left, var right]
                || !int.TryParse(left, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days < 1
                || !decimal.TryParse(right, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent)
                || percent > PercentAtMost || !DepositInterest.IsExact(percent)
                || (rates.Count > 0 && rates[^1].Days >= days))
            {
                return null;
            }

            rates.Add((days, percent));
        }

        return rates.Count > 0 ? rates : null;
    }

    /// <summary>Null when it is no whole number of minor units.</summary>
    internal static long? Minor(decimal units, Currency currency)
    {
        for (var digit = 0; digit < currency.Digits; digit++)
            units *= 10;
        return decimal.Truncate(units) == units && units is >= 0 and <= 1_000_000_000_000_000 ? (long)units : null;
    }

    private DepositProduct Product(string id, DepositProductOptions product) => new(
        id, product.Months, product.CurrencyCodes.Count == 0 ? Currencies : [.. product.CurrencyCodes.Order(StringComparer.Ordinal).Select(Currency.Of)]);
}
