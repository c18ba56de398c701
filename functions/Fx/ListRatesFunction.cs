using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Customers;
using Serverless.Banking.Fx;
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
