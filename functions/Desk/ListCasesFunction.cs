using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Desk;
using Serverless.Functions.Http;

namespace Serverless.Functions.Desk;

public sealed class ListCasesFunction(DeskDoor door)
{
    [Function("Desk_ListCases")]
    [Access(Right.Staff, Roles = [Role.Compliance, Role.Cards, Role.Treasury, Role.ContactCentre])]
    [Summary("The open cases of a queue, the oldest first.")]
    [Paged]
    [Answers<PageResponse<DeskCaseResponse>>]
    [Refuses<DeskQueueNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/desk/queues/{queue}/cases")] HttpRequest request, string queue) =>
        Task.FromResult(door.Enter(queue, request.Staff().Roles))
            .Then(async entered => (Result<Page<DeskCase>>)await entered.Queue.ListAsync(request.Page(), request.HttpContext.RequestAborted))
            .RespondPage(request, DeskCaseResponse.From);
}
