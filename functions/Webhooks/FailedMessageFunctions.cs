using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Audit;
using Serverless.Banking.Partners;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Webhooks;

public sealed class ListFailedMessagesFunction(FailedMessages failed)
{
    [Function("Webhooks_ListFailedMessages")]
    [Access(Right.Staff, Roles = [Role.Administrator, Role.Auditor])]
    [Paged]
    [Summary("Partners' messages that could not be handled so far.", Details = "Without their contents. In no particular order.")]
    [Answers<PageResponse<FailedMessageResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/failed-messages")] HttpRequest request) =>
        failed.ListAsync(request.Page(), request.HttpContext.RequestAborted).RespondPage(request, FailedMessageResponse.From);
}

public sealed class ReplayMessageFunction(PartnerDoor door, RecordAudit audit)
{
    [Function("Webhooks_ReplayMessage")]
    [Access(Right.Staff, Roles = [Role.Administrator])]
    [Summary("Handles a partner's message that has failed once more.")]
    [Answers(204)]
    [Refuses<FailedMessageNotFound>, Refuses<MessageStillFails>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/failed-messages/{messageId:guid}/replay")] HttpRequest request, Guid messageId,
        [DurableClient] DurableTaskClient client) =>
        ReplayAsync(request, messageId, client).Respond(_ => TypedResults.NoContent());

    private async Task<Result<Nothing>> ReplayAsync(HttpRequest request, Guid messageId, DurableTaskClient client)
    {
        await audit.RunAsync(new AuditEvent(request.StaffActor(), "partner_message_replayed", $"partner-message/{messageId:D}"), request.HttpContext.RequestAborted);
        return await door.ReplayAsync(messageId, client, request.HttpContext.RequestAborted);
    }
}

public sealed record FailedMessageResponse(
    Guid Id, [property: Example("video-kyc")] string Partner, [property: Example("identification.completed")] string Type, int Failures,
    [property: Description("Code of the last error; `internal_error` for a bug or an outage."), Example("internal_error")] string Failure,
    [property: Description("Taken from the partner, who does not send it again.")] bool IsKept, Instant FirstAt, Instant LastAt)
{
    public static FailedMessageResponse From(FailedMessage it) => new(it.Id, it.Partner, it.Type, it.Failures, it.Failure, it.IsKept, it.FirstAt, it.LastAt);
}

/// <summary>None of this id has failed, or it was handled meanwhile.</summary>
public sealed record FailedMessageNotFound() : NotFound("failed_message_not_found");

/// <param name="Failure">Code of this time's error.</param>
public sealed record MessageStillFails(string Failure) : Conflict("message_still_fails");
