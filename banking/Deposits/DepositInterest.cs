namespace Serverless.Banking.Deposits;

/// <summary>What a term earns. Every amount is rounded once, to the minor unit.</summary>
/// <param name="Gross">Principal × rate × days ÷ 365, rounded down: nobody is paid what he has not earned.</param>
/// <param name="Tax">Its share of the rounded gross, rounded up: the bank answers to the treasury for what it withholds.</param>
/// <remarks>Days are counted one by one, the first and not the last; a year has 365 of them, leap years too (LDP-25).</remarks>
public sealed record DepositInterest(Money Gross, Money Tax)
{
    public const int DaysOfYear = 365;

    /// <summary>Digits that a rate may have behind the point.</summary>
    public const int RateDecimals = 4;

    private const int Scale = 10_000;

    /// <summary>The projected gain.</summary>
    public Money Net => Gross - Tax;

    /// <param name="ratePercent">Not negative, with at most <see cref="RateDecimals"/> decimals.</param>
    /// <param name="taxPercent">0 to 100, likewise.</param>
    /// <exception cref="OverflowException">The interest does not fit.</exception>
    public static DepositInterest Of(Money principal, decimal ratePercent, int days, decimal taxPercent)
    {
        var gross = checked((Int128)principal.Minor * Scaled(ratePercent) * days / ((Int128)100 * Scale * DaysOfYear));
        var tax = ((gross * Scaled(taxPercent)) + (100 * Scale) - 1) / (100 * Scale);
        return new DepositInterest(Money.OfMinor(checked((long)gross), principal.Currency), Money.OfMinor((long)tax, principal.Currency));
    }

    /// <summary>Whether the arithmetic takes the percentage exactly.</summary>
    internal static bool IsExact(decimal percent) => percent >= 0 && decimal.Truncate(percent * Scale) == percent * Scale;

    private static Int128 Scaled(decimal percent) => IsExact(percent) ? (Int128)(percent * Scale) : throw new ArgumentException("A percentage has at most four decimals.", nameof(percent));
}
