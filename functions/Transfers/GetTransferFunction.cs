using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class GetTransferFunction(FindTransfer find)
{
    [Function("Transfers_Get")]
    [Access(Right.Info)]
    [Priority(Priority.Order)]
    [Summary("One transfer, for whoever sent it and, within the bank, for whoever received it.")]
    [Answers<TransferResponse>]
    [Refuses<TransferNotFound>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers/{id:guid}")] HttpRequest request, Guid id) =>
        find.RunAsync(request.Customer(), new TransferId(id), request.HttpContext.RequestAborted)
            .Respond(view => TypedResults.Ok(TransferResponse.From(view)));
}
