using NodaTime;

namespace Serverless.Banking.Fx;

/// <summary>What the bank gives and asks for foreign currencies from a moment on, until the next board. Published once, never edited (FX-21).</summary>
/// <param name="BusinessDay">The business day it was made for: the day of <paramref name="ValidFrom"/>, or the last one before it.</param>
/// <param name="PublishedBy">A staff id, or the import's name.</param>
public sealed record RateBoard(
    Guid Id, Instant ValidFrom, LocalDate BusinessDay, BoardOrigin Origin, string PublishedBy, Instant PublishedAt, IReadOnlyList<BoardRate> Rates)
{
    /// <summary>Digits after the point of a rate between two foreign currencies.</summary>
    public const int CrossDigits = 6;

    public const int RatesAtMost = 40;

    public BoardRate? Find(Currency currency) => Rates.FirstOrDefault(rate => rate.Currency == currency);

    /// <summary>Units of the other currency for one of the amount's; null when the board has not both.</summary>
    public decimal? RateOf(FxOperation operation, Currency amount, Currency other) => operation switch
    {
        FxOperation.Buy => other == Currency.All ? Find(amount)?.Sell : null,
        FxOperation.Sell => other == Currency.All ? Find(amount)?.Buy : null,
        _ => Cross(amount, other)?.Sell,
    };

    /// <summary>Between two foreign currencies, derived from their rates against ALL: through ALL the bank buys the one and sells the other. Rounded in the bank's favour.</summary>
    /// <returns>Units of <paramref name="counter"/> for one of <paramref name="unit"/>; null when the board has not both, or they are the same.</returns>
    public CrossRate? Cross(Currency unit, Currency counter)
    {
        if (unit == counter || Find(unit) is not { } of || Find(counter) is not { } against)
            return null;
        const decimal Steps = 1_000_000m;
        return new CrossRate(
            unit, counter, decimal.Floor(of.Buy / against.Sell * Steps) / Steps, decimal.Ceiling(of.Sell / against.Buy * Steps) / Steps);
    }

    /// <summary>Every pair, in both directions, by code.</summary>
    public IEnumerable<CrossRate> Crosses()
    {
        var byCode = Rates.Select(rate => rate.Currency).OrderBy(currency => currency.Code, StringComparer.Ordinal).ToList();
        return byCode.SelectMany(unit => byCode.Select(counter => Cross(unit, counter))).OfType<CrossRate>();
    }

    /// <summary>Euros for one unit, midway between buying and selling: for measuring, never for exchanging.</summary>
    public decimal? EurosFor(Currency currency) =>
        currency == Currency.Eur ? 1 : Find(Currency.Eur) is { } euro && Middle(currency) is { } middle ? middle / ((euro.Buy + euro.Sell) / 2) : null;

    private decimal? Middle(Currency currency) => currency == Currency.All ? 1 : Find(currency) is { } rate ? (rate.Buy + rate.Sell) / 2 : null;
}

/// <summary>ALL for one unit of a currency.</summary>
/// <param name="Buy">What the bank gives for it.</param>
/// <param name="Sell">What the bank asks for it; never below <paramref name="Buy"/>.</param>
public sealed record BoardRate(Currency Currency, decimal Buy, decimal Sell);

/// <summary>Units of the counter currency for one unit of the base.</summary>
public sealed record CrossRate(Currency Base, Currency Counter, decimal Buy, decimal Sell);

public enum BoardOrigin
{
    /// <summary>Published by a member of staff.</summary>
    Treasury,

    /// <summary>Made from the feed, with the bank's spreads.</summary>
    Feed,
}

/// <summary>The board in force, and whether it is the business day's.</summary>
/// <param name="Board">Null when there never was one.</param>
/// <param name="IsOld">Made for an earlier business day: to be shown, not to be exchanged at (FX-22).</param>
public sealed record StandingBoard(RateBoard? Board, bool IsOld)
{
    /// <returns>The board; or <see cref="RatesStale"/>.</returns>
    public Result<RateBoard> Require() => Board is { } board && !IsOld ? board : new RatesStale(Board?.BusinessDay);
}
