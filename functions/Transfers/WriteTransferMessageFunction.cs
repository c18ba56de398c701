using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class WriteTransferMessageFunction(WriteTransferMessage write)
{
    [Function("Transfers_WriteMessage")]
    [Access(Right.Payment)]
    [Idempotent]
    [NotConfirmed("A message beside a transfer, no money.")]
    [Summary("Writes to the other party of a transfer between two customers of the bank; it is pushed at once.")]
    [Body<WriteTransferMessageRequest>]
    [Answers<TransferMessageResponse>(201)]
    [Refuses<TransferNotFound>, Refuses<TransferHasNoThread>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/{id:guid}/messages")] HttpRequest request, Guid id) =>
        request.ReadBody<WriteTransferMessageRequest>()
            .Then(body => write.RunAsync(
                request.Customer(), new TransferId(id), request.IdempotencyKey(), request.BodyHash(), body.Text, request.HttpContext.RequestAborted))
            .Respond(message => TypedResults.Created($"/api/v1/transfers/{id}/messages", TransferMessageResponse.From(message)));
}

public sealed record WriteTransferMessageRequest(
    [property: MinLength(1), MaxLength(TransferMessage.LengthAtMost), Multiline, Example("Faleminderit!")] string Text);

public sealed record TransferMessageResponse(Guid Id, MessageAuthor Author, string Text, Instant At)
{
    public static TransferMessageResponse From(TransferMessage message) =>
        new(message.Id, message.IsMine ? MessageAuthor.Me : MessageAuthor.Other, message.Text, message.At);
}

public enum MessageAuthor
{
    Me,
    Other,
}
