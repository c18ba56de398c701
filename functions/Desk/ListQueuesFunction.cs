using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking.Desk;
using Serverless.Functions.Http;

namespace Serverless.Functions.Desk;

public sealed class ListQueuesFunction(DeskDoor door, DeskQueues queues, StaffDirectory directory, TimeProvider time)
{
    [Function("Desk_ListQueues")]
    [Access(Right.Staff, Roles = [Role.Compliance, Role.Cards, Role.Treasury, Role.ContactCentre])]
    [Summary("The queues of the caller's roles, with how much waits in each and until when.")]
    [Answers<DeskQueuesResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/desk/queues")] HttpRequest request)
    {
        await directory.SeeAsync(request.Staff().Id, request.Staff().Roles, request.HttpContext.RequestAborted);
        var counts = await Task.WhenAll(door.QueuesOf(request.Staff().Roles).Select(async queue =>
            DeskQueueResponse.From(queue, await queues.CountAsync(queue, request.HttpContext.RequestAborted))));
        return TypedResults.Ok(new DeskQueuesResponse(request.Staff().Id, Instant.FromDateTimeOffset(time.GetUtcNow()), counts));
    }
}

/// <param name="Staff">The caller, as the trail names them.</param>
/// <param name="Now">The bank's clock: ages and deadlines are told from it.</param>
public sealed record DeskQueuesResponse(string Staff, Instant Now, IReadOnlyList<DeskQueueResponse> Queues);
