using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Ledger;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class CancelPeriodicTransferFunction(CancelPeriodicTransfer cancel)
{
    [Function("PeriodicTransfers_Cancel")]
    [Access(Right.Payment)]
    [Summary("Ends a standing transfer; it stays in the list.", Details = "Cancelling again changes nothing.")]
    [Answers<PeriodicTransferResponse>]
    [Refuses<PeriodicTransferNotFound>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/periodic/{id:guid}/cancellation")] HttpRequest request, Guid id) =>
        cancel.RunAsync(request.Customer(), new PeriodicTransferId(id), request.HttpContext.RequestAborted)
            .Respond(it => TypedResults.Ok(PeriodicTransferResponse.From(it)));
}
