using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

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
