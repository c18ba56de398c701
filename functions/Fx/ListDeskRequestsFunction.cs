using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class ListDeskRequestsFunction(FindRateRequests find, RateBoards boards)
{
    [Function("Fx_ListDeskRequests")]
    [Access(Right.Staff, Roles = [Role.Treasury])]
    [Paged]
    [Summary("The open requests for a preferential rate, the oldest first.")]
    [Answers<PageResponse<DeskRateRequestResponse>>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/fx/rate-requests")] HttpRequest request)
    {
        var standing = await boards.StandingAsync(request.HttpContext.RequestAborted);
        return await find.ListOpenAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, it => DeskRateRequestResponse.From(it, standing.Board));
    }
}
