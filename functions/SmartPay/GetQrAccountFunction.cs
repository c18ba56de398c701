using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Ledger;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class GetQrAccountFunction(FindQrAccounts find)
{
    [Function("Qr_GetAccount")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Summary("A QR account with its code; also one that was deleted.")]
    [Answers<QrAccountResponse>]
    [Refuses<QrAccountNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/smart-pay/qr-accounts/{qrAccountId:guid}")] HttpRequest request, Guid qrAccountId) =>
        find.RunAsync(request.Customer(), new QrAccountId(qrAccountId), request.HttpContext.RequestAborted).Respond(it => TypedResults.Ok(QrAccountResponse.From(it)));
}
