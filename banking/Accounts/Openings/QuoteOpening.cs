using Serverless.Banking.Confirmations;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Accounts;

/// <summary>Prepares an account: what will be opened, what it costs, which terms are to be accepted (ACC-12, ACC-13).</summary>
public sealed class QuoteOpening
{
    internal const string Purpose = "account_opening";

    private readonly ConfirmableQuotes quotes;
    private readonly FindAccount accounts;
    private readonly ExchangeRates rates;
    private readonly OpeningLimits limits;

    internal QuoteOpening(ConfirmableQuotes quotes, FindAccount accounts, ExchangeRates rates, OpeningLimits limits) =>
        (this.quotes, this.accounts, this.rates, this.limits) = (quotes, accounts, rates, limits);

    /// <param name="wish">Its texts were checked; its product is offered in its currency.</param>
    /// <returns>The quote. Or, first match: <see cref="TooManyAccounts"/>, <see cref="TooManyOpenings"/>; for a savings account <see cref="AccountNotFound"/>,
    /// <see cref="AccountNotUsable"/>, <see cref="AccountCurrencyMismatch"/> (an amount of a third currency), <see cref="ExchangeRateMissing"/>,
    /// <see cref="BelowMinimum"/>, <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>.</returns>
    public async Task<Result<SealedQuote<OpeningOffer>>> RunAsync(OpeningWish wish, CancellationToken cancellation)
    {
        if (await limits.RefusalAsync(wish.Customer, cancellation) is { } refusal)
            return refusal;

        OpeningFunding? funding = null;
        if (wish.FundingAccount is { } from)
        {
            var found = await accounts.RunAsync(wish.Customer, from, cancellation);
            await rates.RefreshAsync(cancellation);
            var priced = found.Then(account => Price(wish, account));
            if (!priced.IsSuccess)
                return priced.Error;
            funding = priced.Value;
        }

        // A contract is accepted with it, so no exemption holds although the money stays the customer's.
        return await quotes.SealAsync(
            wish.Customer, new OpeningOffer(wish.Type, wish.Currency, wish.Name, wish.Logo, wish.Statement, funding, ProductTerms.Current, wish.Language),
            ConfirmationFacts.Of(Purpose, funding?.Amount, wish.Name, wish.Currency.Code), PayeeStanding.NeverExempt, cancellation);
    }

    /// <summary>Whether the account can give the amount now; nothing holds it until the opening is confirmed.</summary>
    internal static Error? Refusal(Account account, Money debit) =>
        account.Status != AccountStatus.Active ? new AccountNotUsable(account.Status)
        : account.Available < debit ? new InsufficientFunds(debit - account.Available)
        : account.HighestDebit < debit ? new MinimumBalanceReached(account.HighestDebit)
        : null;

    private Result<OpeningFunding> Price(OpeningWish wish, Account account)
    {
        var wanted = wish.InitialAmount!;
        if (account.Status != AccountStatus.Active)
            return new AccountNotUsable(account.Status);
        if (wanted.Currency != wish.Currency && wanted.Currency != account.Currency)
            return new AccountCurrencyMismatch(wish.Currency.Code, wanted.Currency.Code);
        if (rates.Find(account.Currency, wish.Currency) is not { } rate)
            return new ExchangeRateMissing(account.Currency.Code, wish.Currency.Code);

        var funding = wanted.Currency == wish.Currency
            ? new OpeningFunding(account.Id, wanted, account.Currency == wish.Currency ? wanted : ExchangeRates.Cost(wanted, account.Currency, rate), null)
            : new OpeningFunding(account.Id, ExchangeRates.Proceeds(wanted, wish.Currency, rate), wanted, null);
        if (account.Currency != wish.Currency)
            funding = funding with { Rate = rate };

        var minimum = AccountProducts.Find(wish.Type, wish.Currency)!.Minimum;
        if (funding.Amount < minimum)
            return new BelowMinimum(minimum);
        return Refusal(account, funding.Debit) is { } refusal ? refusal : funding;
    }
}
