using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class GetPeriodicTransferFunction(FindPeriodicTransfer find)
{
    [Function("PeriodicTransfers_Get")]
    [Access(Right.Info)]
    [Summary("One standing transfer of the customer.")]
    [Answers<PeriodicTransferResponse>]
    [Refuses<PeriodicTransferNotFound>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers/periodic/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new PeriodicTransferId(id), request.HttpContext.RequestAborted)
            .Respond(it => TypedResults.Ok(PeriodicTransferResponse.From(it)));
}
