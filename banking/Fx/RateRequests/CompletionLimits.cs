using Serverless.Banking.Customers;

namespace Serverless.Banking.Fx;

/// <summary>What the amount may be at completion: so much more or less than asked for, and never below the floor of the day of asking (FX-15, FX-19). Both ends are allowed.</summary>
internal static class CompletionLimits
{
    public static (Money Lowest, Money Highest) Of(RateRequest it, FxOptions options)
    {
        var percent = it.Segment == CustomerSegment.Business ? options.BusinessTolerancePercent : options.IndividualTolerancePercent;
        var less = decimal.ToInt64(decimal.Ceiling(it.Amount.Minor * (100m - percent) / 100));
        var more = decimal.ToInt64(decimal.Floor(it.Amount.Minor * (100m + percent) / 100));
        var currency = it.Amount.Currency;
        return (Money.OfMinor(Math.Max(less, it.Minimum.Minor), currency), Money.OfMinor(more, currency));
    }
}
