using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Fx;

/// <param name="HasAccount">The customer has an account in it: without one nothing can be executed.</param>
public sealed record ExchangeableCurrency(Currency Currency, string Name, bool HasAccount);

/// <summary>The currencies that can be bought, sold or converted, searchable (FX-05).</summary>
public sealed class ListExchangeable
{
    private readonly RateBoards boards;
    private readonly ListAccounts accounts;

    internal ListExchangeable(RateBoards boards, ListAccounts accounts) => (this.boards, this.accounts) = (boards, accounts);

    /// <param name="search">In the code or the name, whatever the case and the marks; null for all.</param>
    /// <returns>By code. Or <see cref="RatesStale"/>: a currency without a current rate is not offered.</returns>
    public async Task<Result<IReadOnlyList<ExchangeableCurrency>>> RunAsync(CustomerId customer, FxOperation operation, string? search, Language language, CancellationToken cancellation)
    {
        var listing = accounts.RunAsync(customer, cancellation);
        var board = (await boards.StandingAsync(cancellation)).Require();
        var own = (await listing).Select(account => account.Currency).ToHashSet();
        if (!board.IsSuccess)
            return board.Error;

        // A conversion needs a second foreign currency to pay with.
        var rates = operation == FxOperation.Convert && board.Value.Rates.Count < 2 ? [] : board.Value.Rates;
        var words = search is null ? "" : Text.SearchWords.Of(search);
        return rates
            .Select(rate => new ExchangeableCurrency(rate.Currency, CurrencyNames.Of(rate.Currency, language), own.Contains(rate.Currency)))
            .Where(one => Text.SearchWords.Of(one.Currency.Code).Contains(words, StringComparison.Ordinal) || Text.SearchWords.Of(one.Name).Contains(words, StringComparison.Ordinal))
            .OrderBy(one => one.Currency.Code, StringComparer.Ordinal).ToList();
    }
}
