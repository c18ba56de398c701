using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

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
