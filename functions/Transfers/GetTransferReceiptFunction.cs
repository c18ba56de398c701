using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class GetTransferReceiptFunction(IssueTransferReceipt issue)
{
    [Function("Transfers_GetReceipt")]
    [Access(Right.Info)]
    [Summary("Gives the receipt of a settled transfer, for saving or sharing.",
        Details = "A link to a PDF in the language of `Accept-Language`, good for 15 minutes without a login, and the bank's signature under what was booked "
            + "on the caller's account (JWS); anybody can check that with the keys of `/api/public/v1/keys`.")]
    [Answers<TransferReceiptResponse>]
    [Refuses<TransferNotFound>, Refuses<TransferNotSettled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers/{id:guid}/receipt")] HttpRequest request, Guid id) =>
        issue.RunAsync(request.Customer(), new TransferId(id), AcceptLanguage.Of(request), request.HttpContext.RequestAborted)
            .Respond(receipt => TypedResults.Ok(new TransferReceiptResponse(DownloadResponse.From(receipt.Link), receipt.Signed)));
}

public sealed record TransferReceiptResponse(
    [property: Description("The PDF.")] DownloadResponse Pdf,
    [property: Description("JWS, compact; null when nothing was booked on the caller's account.")] string? SignedReceipt);
