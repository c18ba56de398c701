using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class GetPaymentFunction(FindPayment find)
{
    [Function("Bills_GetPayment")]
    [Access(Right.Info)]
    [Priority(Priority.Order)]
    [Summary("One payment, its state and its timeline.")]
    [Answers<PaymentResponse>]
    [Refuses<PaymentNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/payments/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new PaymentId(id), request.HttpContext.RequestAborted)
            .Respond(payment => TypedResults.Ok(PaymentResponse.From(payment)));
}
