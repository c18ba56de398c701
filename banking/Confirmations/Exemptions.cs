using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Fx;

namespace Serverless.Banking.Confirmations;

/// <summary>Every rule by which an operation goes without a factor; there is none elsewhere (PSD2, Regulation (EU) 2018/389, articles 13 to 16).</summary>
internal sealed class Exemptions(ConfirmationBooks books, ExchangeRates rates, IOptions<ConfirmationsOptions> options, TimeProvider time)
{
    private readonly ConfirmationsOptions options = options.Value;

    /// <summary>Only an amount that could be exempt for being low costs a storage call: reading the customer's counters.</summary>
    public async Task<ConfirmationDemand> DecideAsync(CustomerId customer, ConfirmationFacts facts, PayeeStanding standing, CancellationToken cancellation) =>
        Decide(facts, standing, standing == PayeeStanding.Other && Low(facts) is not null ? await ReadCountersAsync(customer, cancellation) : ConfirmationBook.New);

    /// <param name="counters">The customer's; asked only for a low amount to anybody.</param>
    public ConfirmationDemand Decide(ConfirmationFacts facts, PayeeStanding standing, ConfirmationBook counters)
    {
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        Exemption? known = standing switch
        {
            PayeeStanding.Self => Exemption.OwnAccounts,
            PayeeStanding.TrustedBeneficiary => Exemption.TrustedBeneficiary,
            PayeeStanding.Nobody => Exemption.NothingPaid,
            _ => null,
        };
        if (known is not null || standing != PayeeStanding.Other || Low(facts) is not { } cents)
            return new ConfirmationDemand(facts, known, now);
        return Fits(counters, cents)
            ? new ConfirmationDemand(facts, Exemption.LowValue, now)
            : new ConfirmationDemand(facts, null, now, RenewsLowValue: true);
    }

    public Task<ConfirmationBook> ReadCountersAsync(CustomerId customer, CancellationToken cancellation) => books.ReadAsync(customer, cancellation);

    /// <summary>Counts an operation that goes without a factor for its low value, once.</summary>
    /// <returns>False: the counters are used up meanwhile.</returns>
    public Task<bool> TakeLowValueAsync(CustomerId customer, Guid operation, ConfirmationFacts facts, CancellationToken cancellation) =>
        Low(facts) is not { } cents
            ? Task.FromResult(false)
            : books.ChangeAsync(
                customer,
                book => book.LowValue.Contains(operation) ? book
                    : Fits(book, cents) ? book with { LowValue = [.. book.LowValue, operation], LowValueCents = book.LowValueCents + cents }
                    : null,
                cancellation);

    public Task RenewLowValueAsync(CustomerId customer, CancellationToken cancellation) =>
        books.ChangeAsync(customer, book => book.WithoutLowValue(), cancellation);

    private bool Fits(ConfirmationBook book, long cents) =>
        book.LowValue.Count < options.LowValueInARow && book.LowValueCents + cents <= options.LowValueTotalCents;

    /// <summary>In cents of EUR, rounded up; null when it is not low, or cannot be compared.</summary>
    private long? Low(ConfirmationFacts facts) =>
        facts.Amount is { } amount && rates.Find(Currency.Eur, amount.Currency) is { } rate
        && ExchangeRates.Cost(amount, Currency.Eur, rate).Minor is var cents && cents <= options.LowValueCents
            ? cents
            : null;
}
