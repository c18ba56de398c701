using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class DeleteQrAccountFunction(ChangeQrAccount change)
{
    [Function("Qr_DeleteAccount")]
    [Access(Right.Payment, Scope = SessionScope.SmartPay)]
    [NotConfirmed("Nobody can be paid less than before by it.")]
    [Summary("Deletes a QR account: its codes are refused, its open requests cancelled; history stays.")]
    [Answers<QrAccountResponse>]
    [Refuses<QrAccountNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/smart-pay/qr-accounts/{qrAccountId:guid}")] HttpRequest request, Guid qrAccountId) =>
        change.DeleteAsync(request.Customer(), new QrAccountId(qrAccountId), request.HttpContext.RequestAborted).Respond(it => TypedResults.Ok(QrAccountResponse.From(it)));
}
