using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class ListQrRequestsFunction(ListQrRequests list)
{
    [Function("Qr_ListRequests")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Paged]
    [Summary("The QR requests that the customer has made, newest first, and how they stand.")]
    [Answers<PageResponse<QrRequestResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/smart-pay/requests")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted).RespondPage(request, QrRequestResponse.From);
}
