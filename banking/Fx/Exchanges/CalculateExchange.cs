namespace Serverless.Banking.Fx;

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
