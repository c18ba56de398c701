using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class ListBoardsFunction(RateBoards boards)
{
    [Function("Fx_ListBoards")]
    [Access(Right.Staff, Roles = [Role.Treasury, Role.Auditor])]
    [Paged]
    [Summary("The rate boards, the latest first; those that begin later are before the one in force.")]
    [Answers<PageResponse<BoardResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/fx/boards")] HttpRequest request) =>
        boards.ListAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, BoardResponse.From);
}
