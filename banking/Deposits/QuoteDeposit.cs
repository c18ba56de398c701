using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Customers;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Deposits;

/// <summary>A deposit that a customer wants.</summary>
/// <param name="Product">Null for a deposit until <paramref name="Maturity"/>; exactly one of the two.</param>
/// <param name="Renewal">Null when it shall not renew itself, or when that was not said.</param>
public sealed record DepositWish(
    CustomerId Customer, string? Product, LocalDate? Maturity, Money Amount, AccountId Funding, bool RenewsItself, RenewalType? Renewal, Language Language);

/// <summary>A deposit as it was prepared and shown; what the quote carries.</summary>
public sealed record DepositOffer(
    string? Product, DepositPeriod Period, AccountId Funding, RenewalType? Renewal, DepositTerm Term, string TermsVersion, Language Language);

/// <summary>Prepares a deposit: rate, maturity, gain, terms (LDP-07, LDP-08, LDP-26).</summary>
public sealed class QuoteDeposit
{
    internal const string Purpose = "deposit_opening";

    private readonly DepositRates rates;
    private readonly FindAccount accounts;
    private readonly ConfirmableQuotes quotes;
    private readonly SealedQuotes seals;
    private readonly TimeProvider time;

    internal QuoteDeposit(DepositRates rates, FindAccount accounts, ConfirmableQuotes quotes, SealedQuotes seals, TimeProvider time) =>
        (this.rates, this.accounts, this.quotes, this.seals, this.time) = (rates, accounts, quotes, seals, time);

    private Instant Now => Instant.FromDateTimeOffset(time.GetUtcNow());

    /// <param name="wish">Its amount is of a currency that deposits are offered in.</param>
    /// <returns>
    /// The quote; it ends with the day at the latest, because the term begins today. Or, first match: <see cref="RenewalTypeRequired"/>,
    /// <see cref="ProductNotAvailable"/>, <see cref="MaturityTooSoon"/>, <see cref="MaturityTooLate"/>, <see cref="AccountNotFound"/>,
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="BelowMinimum"/>, <see cref="AccountNotUsable"/>, <see cref="InsufficientFunds"/>,
    /// <see cref="MinimumBalanceReached"/>.
    /// </returns>
    public async Task<Result<SealedQuote<DepositOffer>>> RunAsync(DepositWish wish, CancellationToken cancellation)
    {
        var now = Now;
        var today = now.InZone(BankTime.Tirane).Date;
        if (wish.RenewsItself && wish.Renewal is null)
            return new RenewalTypeRequired();
        var period = PeriodOf(wish, today);
        if (!period.IsSuccess)
            return period.Error;
        var found = await accounts.RunAsync(wish.Customer, wish.Funding, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        if (found.Value.Currency != wish.Amount.Currency)
            return new AccountCurrencyMismatch(found.Value.Currency.Code, wish.Amount.Currency.Code);
        var minimum = rates.MinimumOf(wish.Amount.Currency);
        if (wish.Amount.Minor < minimum.Minor)
            return new BelowMinimum(minimum);
        if (QuoteOpening.Refusal(found.Value, wish.Amount) is { } refusal)
            return refusal;
        var matures = period.Value.MaturityOf(1, today, today);
        if (rates.Find(wish.Amount, Period.DaysBetween(today, matures)) is not { } rate)
            return new ProductNotAvailable();

        // A contract is accepted with it, so no exemption holds although the money stays the customer's.
        var term = new DepositTerm(1, today, matures, wish.Amount, rate, rates.Rules.TaxPercent);
        var midnight = today.PlusDays(1).AtStartOfDayInZone(BankTime.Tirane).ToInstant();
        return await quotes.SealAsync(
            wish.Customer, new DepositOffer(wish.Product, period.Value, wish.Funding, wish.Renewal, term, DepositTerms.Current, wish.Language),
            ConfirmationFacts.Of(Purpose, wish.Amount, found.Value.Iban.Electronic, NodaTime.Text.LocalDatePattern.Iso.Format(matures)),
            PayeeStanding.NeverExempt, cancellation, Duration.Min(seals.Lifetime, midnight - now));
    }

    private Result<DepositPeriod> PeriodOf(DepositWish wish, LocalDate today)
    {
        if (wish.Product is { } id)
        {
            return rates.FindProduct(id) is { } product && product.Currencies.Contains(wish.Amount.Currency)
                ? new DepositPeriod(product.Months, null)
                : new ProductNotAvailable();
        }

        var matures = wish.Maturity!.Value;
        return matures < rates.EarliestMaturity(today) ? new MaturityTooSoon(rates.EarliestMaturity(today))
            : matures > rates.LatestMaturity(today) ? new MaturityTooLate(rates.LatestMaturity(today))
            : new DepositPeriod(null, Period.DaysBetween(today, matures));
    }
}
