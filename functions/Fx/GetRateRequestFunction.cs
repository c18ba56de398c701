using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class GetRateRequestFunction(FindRateRequests find)
{
    [Function("Fx_GetRateRequest")]
    [Access(Right.Info)]
    [Summary("One request for a preferential rate: what has happened, what is awaited, from whom, until when.")]
    [Answers<RateRequestResponse>]
    [Refuses<RateRequestNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/rate-requests/{requestId:guid}")] HttpRequest request, Guid requestId) =>
        find.RunAsync(request.Customer(), requestId, request.HttpContext.RequestAborted).Respond(found => TypedResults.Ok(RateRequestResponse.From(found)));
}
