using System.Reflection;
using System.Text.Json;
using Serverless.Banking.Accounts;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Fx;

/// <summary>Names of currencies in both languages (<c>currencies.json</c>).</summary>
public static class CurrencyNames
{
    private static readonly Dictionary<string, Dictionary<string, string>> Names = Read();

    /// <summary>The code itself when nobody has named it.</summary>
    public static string Of(Currency currency, Language language) => Names.TryGetValue(currency.Code, out var names) ? names[language.Code()] : currency.Code;

    private static Dictionary<string, Dictionary<string, string>> Read()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("Serverless.Banking.Fx.currencies.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(stream)!;
    }
}

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

/// <param name="Entered">Positive.</param>
public sealed record Calculation(FxOperation Operation, Money Debit, Money Credit, decimal Rate, Currency Unit, RateBoard Board, bool IsOld);

/// <summary>Computes an exchange without doing it (FX-04); also with the rates of yesterday, marked old.</summary>
public sealed class CalculateExchange
{
    private readonly RateBoards boards;

    internal CalculateExchange(RateBoards boards) => this.boards = boards;

    /// <param name="given">What is given, of the two currencies.</param>
    /// <param name="entered">In either of them; exact.</param>
    /// <returns>Or, first match: <see cref="CurrenciesEqual"/>, <see cref="CurrencyWithoutRate"/>, <see cref="RatesStale"/> (there never was a board),
    /// <see cref="Ledger.BalanceTooLarge"/>.</returns>
    public async Task<Result<Calculation>> RunAsync(Currency given, Currency got, Money entered, CancellationToken cancellation)
    {
        if (given == got)
            return new InvalidInput([new CurrenciesEqual("to")]);
        var standing = await boards.StandingAsync(cancellation);
        if (standing.Board is not { } board)
            return new RatesStale(null);
        foreach (var (field, currency) in new[] { ("from", given), ("to", got) })
        {
            if (currency != Currency.All && board.Find(currency) is null)
                return new InvalidInput([new CurrencyWithoutRate(field, currency.Code)]);
        }

        var operation = given == Currency.All ? FxOperation.Buy : got == Currency.All ? FxOperation.Sell : FxOperation.Convert;
        var (unit, other) = operation.BuysAmount() ? (got, given) : (given, got);
        var rate = board.RateOf(operation, unit, other)!.Value;
        var price = entered.Currency == unit ? ExchangeMath.Price(operation, entered, other, rate) : ExchangeMath.PriceBack(operation, entered, unit, rate);
        return price is { } sides
            ? new Calculation(operation, sides.Debit, sides.Credit, rate, unit, board, standing.IsOld)
            : new Ledger.BalanceTooLarge();
    }
}
