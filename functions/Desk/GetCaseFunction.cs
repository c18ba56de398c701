using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Desk;
using Serverless.Functions.Http;

namespace Serverless.Functions.Desk;

public sealed class GetCaseFunction(DeskDoor door)
{
    [Function("Desk_GetCase")]
    [Access(Right.Staff, Roles = [Role.Compliance, Role.Cards, Role.Treasury, Role.ContactCentre])]
    [Summary("A case: its facts, what happened, its documents, and what can be decided now.")]
    [Answers<DeskFileResponse>]
    [Refuses<DeskQueueNotFound>, Refuses<DeskCaseNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/desk/queues/{queue}/cases/{caseId:guid}")] HttpRequest request, string queue, Guid caseId) =>
        Task.FromResult(door.Enter(queue, request.Staff().Roles))
            .Then(async entered => await entered.Queue.FindAsync(caseId, request.HttpContext.RequestAborted) is { } file ? (Result<DeskFile>)file : new DeskCaseNotFound())
            .Respond(file => TypedResults.Ok(DeskFileResponse.From(file)));
}
