using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Serverless.Banking.Fx;

/// <summary>Settings section <c>Fx</c>: the bank's rates until the treasury's first board; from then on they count for nothing.</summary>
public sealed class ExchangeRatesOptions : IValidatableObject
{
    /// <summary>By ISO 4217 code: how much ALL for one unit.</summary>
    public IDictionary<string, ExchangeRate> Rates { get; } = new Dictionary<string, ExchangeRate>(StringComparer.Ordinal);

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        Rates.Where(rate => rate.Value.Buy <= 0 || rate.Value.Sell < rate.Value.Buy || Currency.Find(rate.Key) is null)
            .Select(rate => new ValidationResult($"Fx:Rates:{rate.Key} needs a known currency, a positive Buy, and a Sell that is not below it."));
}

/// <summary>ALL for one unit of a currency.</summary>
public sealed class ExchangeRate
{
    /// <summary>What the bank gives for it.</summary>
    public decimal Buy { get; set; }

    /// <summary>What the bank asks for it; never below <see cref="Buy"/>.</summary>
    public decimal Sell { get; set; }
}

/// <summary>The rates at which the bank exchanges now where money comes in or goes out in another currency: those of the board in force.</summary>
/// <remarks>A payment that is due is not refused because the treasury is late: also those of an older day, unlike exchanges by themselves (FX-22).</remarks>
/// <param name="boards">Null where nobody publishes any.</param>
public sealed class ExchangeRates(IOptionsMonitor<ExchangeRatesOptions> options, RateBoards? boards = null)
{
    /// <summary>The foreign ones.</summary>
    public IReadOnlyList<Currency> Currencies =>
        boards?.FindKnown() is { } board ? [.. board.Rates.Select(rate => rate.Currency)] : [.. options.CurrentValue.Rates.Keys.Select(Currency.Of)];

    /// <summary>Before an exchange is priced: what <see cref="Find"/> answers is some seconds old at most.</summary>
    public Task RefreshAsync(CancellationToken cancellation) => boards?.RefreshAsync(cancellation) ?? Task.CompletedTask;

    /// <summary>Units of <paramref name="to"/> that a customer gets for one unit of <paramref name="from"/>; null when the bank does not exchange them.</summary>
    public decimal? Find(Currency from, Currency to)
    {
        if (from == to)
            return 1;
        var board = boards?.FindKnown();
        var buy = from == Currency.All ? 1 : board is null ? Of(from)?.Buy : board.Find(from)?.Buy;
        var sell = to == Currency.All ? 1 : board is null ? Of(to)?.Sell : board.Find(to)?.Sell;
        return buy / sell;
    }

    /// <summary>The least amount of <paramref name="from"/> that buys the amount: rounded up, in the bank's favour.</summary>
    public static Money Cost(Money amount, Currency from, decimal rate)
    {
        var exact = amount.Minor / ExchangeMath.Scale(amount.Currency) / rate * ExchangeMath.Scale(from);
        return Money.OfMinor(decimal.ToInt64(decimal.Ceiling(WithoutNoise(exact))), from);
    }

    /// <summary>What the amount buys: rounded down, in the bank's favour.</summary>
    /// <param name="rate">Units of <paramref name="to"/> for one of the amount's currency.</param>
    public static Money Proceeds(Money amount, Currency to, decimal rate) =>
        Money.OfMinor(decimal.ToInt64(decimal.Floor(WithoutNoise(amount.Minor / ExchangeMath.Scale(amount.Currency) * rate * ExchangeMath.Scale(to)))), to);

    /// <summary>A rate and its reciprocal multiply to almost one: what is off by less than a hundred-millionth of a minor unit is not rounded away from zero.</summary>
    private static decimal WithoutNoise(decimal exact) => decimal.Round(exact, 8);

    private ExchangeRate? Of(Currency currency) => options.CurrentValue.Rates.TryGetValue(currency.Code, out var rate) ? rate : null;
}
