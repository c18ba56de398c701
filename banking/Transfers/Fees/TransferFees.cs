using Microsoft.Extensions.Options;
using Serverless.Banking.Ledger;

namespace Serverless.Banking.Transfers;

/// <summary>What a transfer costs its sender (settings <c>Transfers:Fees</c>).</summary>
public sealed class TransferFees(IOptions<TransfersOptions> options)
{
    /// <summary>Where fees are booked.</summary>
    public static BankAccount Account(Currency currency) => new("fees/transfers", currency);

    /// <param name="debit">What the account pays without the fee.</param>
    /// <returns>In the same currency, rounded half up; zero when the kind is free.</returns>
    public Money Of(TransferKind kind, Money debit) =>
        options.Value.Fees.TryGetValue(kind.Short(), out var rule) ? Of(rule, debit) : Money.Zero(debit.Currency);

    internal static Money Of(FeeRule rule, Money debit)
    {
        var scale = 1m;
        for (var digit = 0; digit < debit.Currency.Digits; digit++)
            scale *= 10;
        var fee = rule.Flat.TryGetValue(debit.Currency.Code, out var flat) ? flat * scale : 0;
        fee += debit.Minor * rule.Percent / 100;
        if (rule.Least.TryGetValue(debit.Currency.Code, out var least))
            fee = Math.Max(fee, least * scale);
        if (rule.Most.TryGetValue(debit.Currency.Code, out var most))
            fee = Math.Min(fee, most * scale);
        return Money.OfMinor(decimal.ToInt64(decimal.Round(fee, 0, MidpointRounding.AwayFromZero)), debit.Currency);
    }
}
