using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

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
