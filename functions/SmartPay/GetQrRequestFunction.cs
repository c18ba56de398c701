using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class GetQrRequestFunction(ListQrRequests list)
{
    [Function("Qr_GetRequest")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Summary("A QR request and how it stands.")]
    [Answers<QrRequestResponse>]
    [Refuses<QrRequestNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/smart-pay/requests/{qrRequestId:guid}")] HttpRequest request, Guid qrRequestId) =>
        list.FindAsync(request.Customer(), new QrRequestId(qrRequestId), request.HttpContext.RequestAborted).Respond(seen => TypedResults.Ok(QrRequestResponse.From(seen)));
}
