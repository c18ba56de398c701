using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ListTransferMessagesFunction(ListTransferMessages list)
{
    [Function("Transfers_ListMessages")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The messages of a transfer, oldest first, for its two parties.")]
    [Answers<PageResponse<TransferMessageResponse>>]
    [Refuses<TransferNotFound>, Refuses<TransferHasNoThread>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers/{id:guid}/messages")] HttpRequest request, Guid id) =>
        list.RunAsync(request.Customer(), new TransferId(id), request.Page(), request.HttpContext.RequestAborted)
            .RespondPage(request, TransferMessageResponse.From);
}
