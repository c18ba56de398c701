using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Bills;
using Serverless.Functions.Http;

namespace Serverless.Functions.Bills;

public sealed class ListPaymentsFunction(ListPayments list)
{
    [Function("Bills_ListPayments")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The customer's payments of bills, newest first.")]
    [Answers<PageResponse<PaymentResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/bills/payments")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted).RespondPage(request, PaymentResponse.From);
}
