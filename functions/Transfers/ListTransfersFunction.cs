using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ListTransfersFunction(ListTransfers list)
{
    [Function("Transfers_List")]
    [Access(Right.Info)]
    [Paged]
    [Summary("The transfers that the customer has ordered, newest first; rejected ones too.")]
    [Answers<PageResponse<TransferResponse>>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers")] HttpRequest request) =>
        list.RunAsync(request.Customer(), request.Page(), request.HttpContext.RequestAborted)
            .RespondPage(request, transfer => TransferResponse.From(new TransferView(transfer, IsReceived: false)));
}
