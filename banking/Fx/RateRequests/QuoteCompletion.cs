using NodaTime;
using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Fx;

/// <summary>An exchange at a confirmed rate as it was shown; what the quote carries.</summary>
public sealed record CompletionTerms(Guid Request, Money Amount, Money Debit, Money Credit, decimal Rate, AccountId From, AccountId To);

/// <summary>Prepares the completion of a confirmed request (FX-14, FX-15): the accounts are those of the asking, the amount may change within limits.</summary>
public sealed class QuoteCompletion
{
    internal const string Purpose = "preferential_exchange";

    private readonly FindRateRequests find;
    private readonly RateRequestCourse course;
    private readonly FindAccount accounts;
    private readonly ConfirmableQuotes quotes;
    private readonly SealedQuotes plain;

    internal QuoteCompletion(FindRateRequests find, RateRequestCourse course, FindAccount accounts, ConfirmableQuotes quotes, SealedQuotes plain) =>
        (this.find, this.course, this.accounts, this.quotes, this.plain) = (find, course, accounts, quotes, plain);

    /// <param name="amount">Null: as it was asked for.</param>
    /// <returns>The quote, which ends with the rate at the latest. Or, first match: those of <see cref="FindRateRequests.StartCompletionAsync"/>,
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="ExchangeAmountOutOfLimits"/>, <see cref="BalanceTooLarge"/>, <see cref="AccountNotFound"/>,
    /// <see cref="AccountNotUsable"/>, <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>.</returns>
    public async Task<Result<SealedQuote<CompletionTerms>>> RunAsync(CustomerId customer, Guid id, Money? amount, CancellationToken cancellation)
    {
        var started = await find.StartCompletionAsync(customer, id, cancellation);
        if (!started.IsSuccess)
            return started.Error;
        var (it, lowest, highest) = started.Value;
        var wanted = amount ?? it.Amount;
        if (wanted.Currency != it.Amount.Currency)
            return new AccountCurrencyMismatch(it.Amount.Currency.Code, wanted.Currency.Code);
        if (wanted < lowest || wanted > highest)
            return new ExchangeAmountOutOfLimits(lowest, highest);
        if (ExchangeMath.Price(it.Operation, wanted, it.Other, it.Rate!.Value) is not { } price)
            return new BalanceTooLarge();

        var found = await accounts.ForExchangeAsync(customer, it.From, it.To, price.Debit, cancellation);
        if (!found.IsSuccess)
            return found.Error;
        return await quotes.SealAsync(
            customer, new CompletionTerms(id, wanted, price.Debit, price.Credit, it.Rate.Value, it.From, it.To),
            ConfirmationFacts.Of(Purpose, price.Credit, found.Value.To.Iban.Electronic), PayeeStanding.Self, cancellation,
            Duration.Min(plain.Lifetime, it.ValidUntil!.Value - course.Now));
    }
}
