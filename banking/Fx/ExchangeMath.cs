namespace Serverless.Banking.Fx;

/// <summary>The one place where exchanged amounts are rounded: the amount entered is exact, the other side goes to whole minor units in the bank's favour, once (FX-20).</summary>
public static class ExchangeMath
{
    /// <param name="rate">Units of <paramref name="other"/> for one unit of the amount's currency.</param>
    /// <returns>What is debited and what is credited; null when it does not fit the books.</returns>
    public static (Money Debit, Money Credit)? Price(FxOperation operation, Money amount, Currency other, decimal rate)
    {
        var counter = Round(amount.Minor / Scale(amount.Currency) * rate * Scale(other), operation.BuysAmount(), other);
        return counter is null ? null : operation.BuysAmount() ? (counter, amount) : (amount, counter);
    }

    /// <summary>The other way round, for the calculator: the entered amount is of the other side.</summary>
    /// <param name="rate">Units of the entered amount's currency for one unit of <paramref name="unit"/>.</param>
    public static (Money Debit, Money Credit)? PriceBack(FxOperation operation, Money entered, Currency unit, decimal rate)
    {
        var amount = Round(entered.Minor / Scale(entered.Currency) / rate * Scale(unit), !operation.BuysAmount(), unit);
        return amount is null ? null : operation.BuysAmount() ? (entered, amount) : (amount, entered);
    }

    /// <summary>The least amount of a currency that is worth at least the euros.</summary>
    /// <param name="euros">For one unit of the currency.</param>
    public static Money Equivalent(Money minimum, Currency currency, decimal euros) =>
        Round(minimum.Minor / Scale(minimum.Currency) / euros * Scale(currency), up: true, currency)!;

    private static Money? Round(decimal exact, bool up, Currency currency)
    {
        // A rate and its reciprocal multiply to almost one: a hundred-millionth of a minor unit is not rounded away from zero.
        var clean = decimal.Round(exact, 8);
        var whole = up ? decimal.Ceiling(clean) : decimal.Floor(clean);
        return whole > Ledger.PostingRules.Limit ? null : Money.OfMinor(decimal.ToInt64(whole), currency);
    }

    internal static decimal Scale(Currency currency)
    {
        var scale = 1m;
        for (var digit = 0; digit < currency.Digits; digit++)
            scale *= 10;
        return scale;
    }
}
