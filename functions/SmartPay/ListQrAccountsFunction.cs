using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Accounts;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class ListQrAccountsFunction(FindQrAccounts find)
{
    [Function("Qr_ListAccounts")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Summary("The QR accounts that can be paid, oldest first.")]
    [Answers<QrAccountsResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/smart-pay/qr-accounts")] HttpRequest request) =>
        TypedResults.Ok(new QrAccountsResponse([.. (await find.ListAsync(request.Customer(), request.HttpContext.RequestAborted)).Select(QrAccountResponse.From)]));
}

public sealed record QrAccountsResponse(IReadOnlyList<QrAccountResponse> Items);
