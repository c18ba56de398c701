using Serverless.Banking.Accounts;
using Serverless.Banking.Confirmations;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;

namespace Serverless.Banking.Fx;

/// <summary>Prepares a purchase, a sale or a conversion of foreign currency at the current rate (FX-06, FX-07, FX-08).</summary>
public sealed class QuoteExchange
{
    internal const string Purpose = "currency_exchange";

    private readonly FindAccount accounts;
    private readonly ListAccounts all;
    private readonly RateBoards boards;
    private readonly ConfirmableQuotes quotes;

    internal QuoteExchange(FindAccount accounts, ListAccounts all, RateBoards boards, ConfirmableQuotes quotes) =>
        (this.accounts, this.all, this.boards, this.quotes) = (accounts, all, boards, quotes);

    /// <returns>The quote. Or, first match: <see cref="ExchangeCurrencyWrong"/>, <see cref="AccountNotFound"/>, <see cref="NoAccountInCurrency"/>,
    /// <see cref="AccountCurrencyMismatch"/>, <see cref="RatesStale"/>, <see cref="ExchangeRateMissing"/>, <see cref="ExchangeAmountTooSmall"/>,
    /// <see cref="BalanceTooLarge"/>, <see cref="AccountNotUsable"/>, <see cref="InsufficientFunds"/>, <see cref="MinimumBalanceReached"/>.</returns>
    public async Task<Result<SealedQuote<ExchangeTerms>>> RunAsync(ExchangeWish wish, CancellationToken cancellation)
    {
        if (wish.Amount.Currency == Currency.All)
            return new ExchangeCurrencyWrong("/amount/currency", Currency.All.Code);
        var (finding, standing) = (accounts.RunAsync(wish.Customer, wish.From, cancellation), boards.StandingAsync(cancellation));
        var credited = await accounts.RunAsync(wish.Customer, wish.To, cancellation);
        var (debited, board) = (await finding, (await standing).Require());
        if (!debited.IsSuccess)
            return debited.Error;
        if (!credited.IsSuccess)
            return credited.Error;

        var (from, to) = (debited.Value, credited.Value);
        if (await MismatchAsync(wish, from, to, cancellation) is { } mismatch)
            return mismatch;
        if (!board.IsSuccess)
            return board.Error;
        var other = wish.Operation.BuysAmount() ? from.Currency : to.Currency;
        if (board.Value.RateOf(wish.Operation, wish.Amount.Currency, other) is not { } rate)
            return new ExchangeRateMissing(from.Currency.Code, to.Currency.Code);
        if (ExchangeMath.Price(wish.Operation, wish.Amount, other, rate) is not { } price)
            return new BalanceTooLarge();
        if (!price.Debit.IsPositive || !price.Credit.IsPositive)
            return new ExchangeAmountTooSmall();
        if (ExchangeJournal.Refusal(from, to, price.Debit) is { } refusal)
            return refusal;

        // Both accounts are the customer's: no factor is asked for.
        return await quotes.SealAsync(
            wish.Customer,
            new ExchangeTerms(wish.Operation, from.Id, to.Id, wish.Amount, price.Debit, price.Credit, rate, board.Value.Id, wish.Details),
            ConfirmationFacts.Of(Purpose, price.Credit, to.Iban.Electronic), PayeeStanding.Self, cancellation);
    }

    /// <summary>The amount's currency is the account's that is credited, or debited; the other account has ALL, or in a conversion anything else.</summary>
    private async Task<Error?> MismatchAsync(ExchangeWish wish, Account from, Account to, CancellationToken cancellation)
    {
        var (own, other) = wish.Operation.BuysAmount() ? (to, from) : (from, to);
        if (own.Currency != wish.Amount.Currency)
        {
            return (await all.RunAsync(wish.Customer, cancellation)).Any(account => account.Currency == wish.Amount.Currency)
                ? new AccountCurrencyMismatch(own.Currency.Code, wish.Amount.Currency.Code)
                : new NoAccountInCurrency(wish.Amount.Currency.Code);
        }

        var pointer = wish.Operation.BuysAmount() ? "/fromAccountId" : "/toAccountId";
        return wish.Operation == FxOperation.Convert
            ? other.Currency == Currency.All || other.Currency == own.Currency ? new ExchangeCurrencyWrong(pointer, other.Currency.Code) : null
            : other.Currency == Currency.All ? null : new ExchangeCurrencyWrong(pointer, other.Currency.Code);
    }
}
