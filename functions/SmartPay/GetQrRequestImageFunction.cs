using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Sessions;
using Serverless.Banking.SmartPay;
using Serverless.Functions.Http;

namespace Serverless.Functions.SmartPay;

public sealed class GetQrRequestImageFunction(ListQrRequests list)
{
    [Function("Qr_GetRequestImage")]
    [Access(Right.Info, Scope = SessionScope.SmartPay)]
    [Summary("The QR code of a request as a picture, for sending or showing.")]
    [Answers(200, ContentType = QrImage.MediaType, Meaning = "A PNG.")]
    [Refuses<QrRequestNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/smart-pay/requests/{qrRequestId:guid}/image")] HttpRequest request, Guid qrRequestId) =>
        list.FindAsync(request.Customer(), new QrRequestId(qrRequestId), request.HttpContext.RequestAborted).Respond(seen => TypedResults.File(QrImage.Of(seen.It.Code), QrImage.MediaType));
}
