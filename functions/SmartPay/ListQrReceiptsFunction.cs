using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class ListQrReceiptsFunction(ListQrReceipts list)
{
    [Function("Qr_ListReceipts")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Paged]
    [Summary("What arrived on the customer's QR accounts, newest first.")]
    [Answers<PageResponse<QrReceiptResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/smart-pay/receipts")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted).RespondPage(request, QrReceiptResponse.From);
}

public sealed record QrReceiptResponse(
    Guid TransferId,
    Guid QrAccountId,
    [property: Description("Null where the account's own code was scanned.")] Guid? QrRequestId,
    [property: Description("Who paid; null while no name is registered."), Example("Besa Kola")] string? Payer,
    Money Amount,
    Instant At)
{
    public static QrReceiptResponse From(QrReceipt receipt) =>
        new(receipt.Transfer, receipt.QrAccount.Value, receipt.Request?.Value, receipt.Payer, receipt.Amount, receipt.At);
}
