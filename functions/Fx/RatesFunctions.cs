using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class ListRatesFunction(RateBoards boards)
{
    [Function("Fx_ListRates")]
    [Access(Right.Info)]
    [Summary("The rates of foreign currencies against ALL.", Details = "`old`: no rates were published for the business day; they are to be seen, and nothing is exchanged at them.")]
    [Answers<RatesResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/rates")] HttpRequest request) =>
        TypedResults.Ok(RatesResponse.From(await boards.StandingAsync(request.HttpContext.RequestAborted), AcceptLanguage.Of(request)));
}

public sealed record RatesResponse([property: Description("Of an earlier business day.")] bool Old, IReadOnlyList<RateResponse> Rates)
{
    public static RatesResponse From(StandingBoard standing, Language language) => new(
        standing.IsOld || standing.Board is null,
        [.. (standing.Board?.Rates ?? []).OrderBy(rate => rate.Currency.Code, StringComparer.Ordinal).Select(rate => new RateResponse(
            rate.Currency.Code, CurrencyNames.Of(rate.Currency, language), RateText.Of(rate.Buy), RateText.Of(rate.Sell), standing.Board!.ValidFrom))]);
}

public sealed record RateResponse(
    [property: Example("EUR")] string Code,
    [property: Example("Euro")] string Name,
    [property: Description("ALL that the bank gives for one unit."), Example("97.20")] string Buy,
    [property: Description("ALL that the bank asks for one unit."), Example("98.90")] string Sell,
    Instant ValidFrom);

public sealed class ListCrossRatesFunction(RateBoards boards)
{
    [Function("Fx_ListCrossRates")]
    [Access(Right.Info)]
    [Summary("The rates between foreign currencies, derived from those against ALL.")]
    [Answers<CrossRatesResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/cross-rates")] HttpRequest request) =>
        TypedResults.Ok(CrossRatesResponse.From(await boards.StandingAsync(request.HttpContext.RequestAborted)));
}

public sealed record CrossRatesResponse([property: Description("Of an earlier business day.")] bool Old, IReadOnlyList<CrossRateResponse> Rates)
{
    public static CrossRatesResponse From(StandingBoard standing) => new(
        standing.IsOld || standing.Board is null,
        standing.Board is { } board ? [.. board.Crosses().Select(cross => new CrossRateResponse(
            cross.Base.Code, cross.Counter.Code, RateText.Of(cross.Buy), RateText.Of(cross.Sell), board.ValidFrom))] : []);
}

public sealed record CrossRateResponse(
    [property: Example("EUR")] string Base,
    [property: Example("USD")] string Counter,
    [property: Description("Units of the counter currency that the bank gives for one of the base."), Example("1.153025")] string Buy,
    [property: Description("Units of the counter currency that the bank asks for one of the base."), Example("1.204629")] string Sell,
    Instant ValidFrom);

public sealed class CalculateFunction(CalculateExchange calculate)
{
    [Function("Fx_Calculate")]
    [Access(Right.Info)]
    [Summary("Computes an exchange without doing it.")]
    [Query<CalculationQuery>]
    [Answers<CalculationResponse>]
    [Refuses<CurrenciesEqual>, Refuses<CurrencyWithoutRate>, Refuses<RatesStale>, Refuses<BalanceTooLarge>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/calculation")] HttpRequest request)
    {
        var query = request.Query<CalculationQuery>();
        return query.Read()
            .Then(wanted => calculate.RunAsync(wanted.From, wanted.To, wanted.Amount, request.HttpContext.RequestAborted))
            .Respond(done => TypedResults.Ok(CalculationResponse.From(done)));
    }
}

public sealed record CalculationQuery(
    [property: Pattern("[A-Z]{3}"), Description("What is given."), Example("ALL")] string From,
    [property: Pattern("[A-Z]{3}"), Description("What is got."), Example("EUR")] string To,
    [property: MaxLength(24), Description("Decimal string with the currency's own number of digits."), Example("100.00")] string Amount,
    [property: Pattern("from|to"), Description("In which of the two the amount is; what is given when left out."), Example("to")] string? Side = null)
{
    internal Result<(Currency From, Currency To, Money Amount)> Read()
    {
        var input = new Input();
        var amount = input.Take(Amounts.Read(Amount, Side == "to" ? To : From, "amount", allowsZero: false).Match<Result<Money>>(
            money => money, error => error is CurrencyUnknown ? new CurrencyUnknown(Side == "to" ? "to" : "from") : error is Invalid fault ? fault with { Field = "amount" } : error));
        var other = Side == "to" ? From : To;
        input.Check(Currency.Find(other) is not null, () => new CurrencyUnknown(Side == "to" ? "from" : "to"));
        return input.Result(() => (Currency.Of(From), Currency.Of(To), amount));
    }
}

[Description("What an exchange would give now; nothing is promised.")]
public sealed record CalculationResponse(
    FxOperation Operation,
    [property: Description("What is given.")] Money Debit,
    [property: Description("What is got.")] Money Credit,
    [property: Description("Units of the other currency for one of `rateCurrency`."), Example("98.90")] string ExchangeRate,
    [property: Example("EUR")] string RateCurrency,
    Instant ValidFrom,
    [property: Description("The rate is of an earlier business day.")] bool Old)
{
    public static CalculationResponse From(Calculation done) => new(
        done.Operation, done.Debit, done.Credit, RateText.Of(done.Rate), done.Unit.Code, done.Board.ValidFrom, done.IsOld);
}

public sealed class ListCurrenciesFunction(ListExchangeable list)
{
    [Function("Fx_ListCurrencies")]
    [Access(Right.Info)]
    [Summary("The currencies that can be bought, sold or converted now.")]
    [Query<CurrenciesQuery>]
    [Answers<CurrenciesResponse>]
    [Refuses<RatesStale>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/currencies")] HttpRequest request)
    {
        var query = request.Query<CurrenciesQuery>();
        return list.RunAsync(request.Customer(), query.Operation, query.Search, AcceptLanguage.Of(request), request.HttpContext.RequestAborted)
            .Respond(found => TypedResults.Ok(new CurrenciesResponse(
                [.. found.Select(one => new ExchangeableCurrencyResponse(one.Currency.Code, one.Name, one.HasAccount))])));
    }
}

public sealed record CurrenciesQuery(FxOperation Operation, [property: MaxLength(40), Description("In the code or the name."), Example("dollar")] string? Search = null);

public sealed record CurrenciesResponse(IReadOnlyList<ExchangeableCurrencyResponse> Currencies);

public sealed record ExchangeableCurrencyResponse(
    [property: Example("EUR")] string Code, [property: Example("Euro")] string Name, [property: Description("Without an account in it nothing can be executed.")] bool HasAccount);

internal static class RateText
{
    public static string Of(decimal rate) => rate.ToString(CultureInfo.InvariantCulture);
}
