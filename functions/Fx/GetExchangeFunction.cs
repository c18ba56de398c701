using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class GetExchangeFunction(FindExchange find)
{
    [Function("Fx_GetExchange")]
    [Access(Right.Info)]
    [Priority(Priority.Order)]
    [Summary("One exchange of the caller.")]
    [Answers<ExchangeResponse>]
    [Refuses<ExchangeNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/exchanges/{exchangeId:guid}")] HttpRequest request, Guid exchangeId) =>
        find.RunAsync(request.Customer(), exchangeId, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(ExchangeResponse.From(found)));
}
