using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Fx;
using Serverless.Banking.RateLimits;

namespace Serverless.Banking.Transfers;

/// <summary>How much and how often may be sent (TRF-36).</summary>
internal sealed class TransferLimits(IOptionsMonitor<TransfersOptions> options, ExchangeRates rates)
{
    /// <param name="debit">In the account's currency, without the fee.</param>
    /// <returns>The book with the transfer counted. Or, first match: <see cref="ExchangeRateMissing"/>, <see cref="TransferLimitExceeded"/> (transfer, day, month),
    /// <see cref="TransferTooOften"/>.</returns>
    public Result<LimitBook> Take(LimitBook book, TransferKind kind, OrderingDevice device, Money debit, Instant now)
    {
        if (InAll(debit) is not { } amount)
            return new ExchangeRateMissing(debit.Currency.Code, Currency.All.Code);

        var moment = LimitMoment.Of(now);
        var use = book.Of(kind, moment);
        foreach (var (name, limit, used) in new (string, long?, long)[]
        {
            ("transfer", Most(book, kind, device, rule => rule.PerTransfer), 0),
            ("day", Most(book, kind, device, rule => rule.PerDay), use.InDay),
            ("month", Most(book, kind, device, rule => rule.PerMonth), use.InMonth),
        })
        {
            if (limit is { } most && (Int128)used + amount > (Int128)most * 100)
                return new TransferLimitExceeded(name, FromAll((long)Int128.Max(0, ((Int128)most * 100) - used), debit.Currency));
        }

        var perHour = (int?)Most(book, kind, device, rule => rule.PerHour);
        if (perHour is { } times)
        {
            var counter = use.Counter.At(now, Duration.FromHours(1));
            if (counter.SecondsToWait(new RateLimit("", times, Duration.FromHours(1))) is { } seconds)
                return new TransferTooOften(times, seconds);
        }

        return book.With(kind, use.Plus(amount));
    }

    /// <summary>Without what a transfer took that did not happen.</summary>
    public LimitBook GiveBack(LimitBook book, Transfer transfer, Instant now)
    {
        var amount = InAll(transfer.Debit) ?? 0;
        return book.With(transfer.Kind, book.Of(transfer.Kind, LimitMoment.Of(now)).Minus(amount, LimitMoment.Of(transfer.OrderedAt)));
    }

    /// <summary>From the most exact rule that says something, the customer's own before the bank's; null when nothing is said.</summary>
    private long? Most(LimitBook book, TransferKind kind, OrderingDevice device, Func<LimitRule, long?> part)
    {
        string[] names = [$"{kind.Short()}-{(device.IsTrusted ? "trusted" : "untrusted")}", $"{kind.Short()}-{device.Channel}", kind.Short(), "default"];
        foreach (var name in names)
        {
            if (book.Own.TryGetValue(name, out var own) && part(own) is { } his)
                return his;
        }

        foreach (var name in names)
        {
            if (options.CurrentValue.Limits.TryGetValue(name, out var rule) && part(rule) is { } most)
                return most;
        }

        return null;
    }

    /// <summary>Minor units of ALL, rounded up.</summary>
    private long? InAll(Money money)
    {
        if (money.Currency == Currency.All)
            return money.Minor;
        return rates.Find(money.Currency, Currency.All) is { } rate
            ? decimal.ToInt64(decimal.Ceiling(money.Minor * rate * 100 / Scale(money.Currency)))
            : null;
    }

    private Money FromAll(long minor, Currency currency) => currency == Currency.All
        ? Money.OfMinor(minor, currency)
        : Money.OfMinor(decimal.ToInt64(decimal.Floor(minor * Scale(currency) / 100 / rates.Find(currency, Currency.All)!.Value)), currency);

    private static decimal Scale(Currency currency)
    {
        var scale = 1m;
        for (var digit = 0; digit < currency.Digits; digit++)
            scale *= 10;
        return scale;
    }
}
