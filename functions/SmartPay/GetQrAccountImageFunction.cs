using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class GetQrAccountImageFunction(FindQrAccounts find)
{
    [Function("Qr_GetAccountImage")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Summary("The QR code of a QR account as a picture.")]
    [Answers(200, ContentType = QrImage.MediaType, Meaning = "A PNG.")]
    [Refuses<QrAccountNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/smart-pay/qr-accounts/{qrAccountId:guid}/image")] HttpRequest request, Guid qrAccountId) =>
        find.RunAsync(request.Customer(), new QrAccountId(qrAccountId), request.HttpContext.RequestAborted)
            .Respond(it => TypedResults.File(QrImage.Of(it.Code), QrImage.MediaType));
}
