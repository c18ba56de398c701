using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Desk;
using Serverless.Functions.Http;

namespace Serverless.Functions.Desk;

public sealed class ListQueuesFunction(DeskDoor door, DeskQueues queues)
{
    [Function("Desk_ListQueues")]
    [Access(Right.Staff, Roles = [Role.Compliance, Role.Cards, Role.Treasury])]
    [Summary("The queues of the caller's roles, with how much waits in each and until when.")]
    [Answers<DeskQueuesResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/desk/queues")] HttpRequest request)
    {
        var counts = await Task.WhenAll(door.QueuesOf(request.Staff().Roles).Select(async queue =>
            DeskQueueResponse.From(queue, await queues.CountAsync(queue, request.HttpContext.RequestAborted))));
        return TypedResults.Ok(new DeskQueuesResponse(request.Staff().Id, counts));
    }
}

/// <param name="Staff">The caller, as the trail names them.</param>
public sealed record DeskQueuesResponse(string Staff, IReadOnlyList<DeskQueueResponse> Queues);
