using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Desk;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.Desk;

public sealed class OpenCaseDocumentFunction(DeskDoor door)
{
    [Function("Desk_OpenCaseDocument")]
    [Access(Right.Staff, Roles = [Role.Compliance, Role.Cards, Role.Treasury, Role.ContactCentre])]
    [Summary("A document of a case: a contract, a picture.")]
    [Answers(200, ContentType = "application/octet-stream", Meaning = "The document, of its own media type.")]
    [Refuses<DeskQueueNotFound>, Refuses<DeskDocumentNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "backoffice/v1/desk/queues/{queue}/cases/{caseId:guid}/documents/{document}")] HttpRequest request,
        string queue, Guid caseId, string document)
    {
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return Task.FromResult(door.Enter(queue, request.Staff().Roles))
            .Then(async entered => await entered.Queue.OpenAsync(caseId, document, request.StaffActor(), request.HttpContext.RequestAborted) is { } content
                ? (Result<DeskContent>)content
                : new DeskDocumentNotFound())
            .Respond(content => TypedResults.Bytes(content.Bytes.ToArray(), content.ContentType));
    }
}
