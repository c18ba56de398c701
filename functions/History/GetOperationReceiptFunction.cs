using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.History;
using Serverless.Functions.Documents;
using Serverless.Functions.Http;

namespace Serverless.Functions.History;

public sealed class GetOperationReceiptFunction(IssueOperationReceipt issue)
{
    [Function("History_GetOperationReceipt")]
    [Access(Right.Info)]
    [Summary("Gives the receipt of a booked operation.",
        Details = "A link to a PDF in the language of `Accept-Language`, good for 15 minutes without a login. A receipt made again is the same, byte for byte.")]
    [Answers<OperationReceiptResponse>]
    [Refuses<OperationNotFound>, Refuses<ReceiptNotAvailable>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/operations/{operation}/receipt")] HttpRequest request, string operation) =>
        issue.RunAsync(request.Customer(), operation, AcceptLanguage.Of(request), request.HttpContext.RequestAborted)
            .Respond(receipt => TypedResults.Ok(new OperationReceiptResponse(DownloadResponse.From(receipt.Link), receipt.Signed)));
}

public sealed record OperationReceiptResponse(
    [property: Description("The PDF.")] DownloadResponse Pdf,
    [property: Description("The bank's signature under what was booked: a JWS (ES256) that anybody can check with the bank's keys.")] string Signed);
