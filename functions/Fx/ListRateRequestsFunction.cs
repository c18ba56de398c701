using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class ListRateRequestsFunction(FindRateRequests find)
{
    [Function("Fx_ListRateRequests")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The caller's requests for a preferential rate, newest first.")]
    [Answers<PageResponse<RateRequestResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/fx/rate-requests")] HttpRequest request) =>
        find.ListAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted).RespondPage(request, RateRequestResponse.From);
}
