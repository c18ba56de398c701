using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class ShowMenuFunction(FindRateRequests find)
{
    [Function("Fx_ShowMenu")]
    [Access(Right.Info)]
    [Summary("What can be done about exchange, and how many requests for a preferential rate are open.")]
    [Answers<FxMenuResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx")] HttpRequest request)
    {
        var (submitted, confirmed) = await find.CountAsync(request.Customer(), request.HttpContext.RequestAborted);
        return TypedResults.Ok(new FxMenuResponse(["rates", "buy", "sell", "convert", "my_requests"], submitted + confirmed, confirmed));
    }
}

public sealed record FxMenuResponse(
    IReadOnlyList<string> Operations,
    [property: Description("Requests that are not at their end.")] int OpenRequests,
    [property: Description("Those of them that are confirmed and wait for the customer.")] int ConfirmedRequests);
