using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class ListPeriodicTransfersFunction(ListPeriodicTransfers list)
{
    [Function("PeriodicTransfers_List")]
    [Access(Right.Info)]
    [Summary("The customer's standing transfers, active, finished and cancelled, newest first.")]
    [Query<PeriodicTransferFilter>]
    [Answers<PeriodicTransfersResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/transfers/periodic")] HttpRequest request)
    {
        var all = await list.RunAsync(request.Customer(), request.Query<PeriodicTransferFilter>().State, request.HttpContext.RequestAborted);
        return TypedResults.Ok(new PeriodicTransfersResponse([.. all.Select(PeriodicTransferResponse.From)]));
    }
}

public sealed record PeriodicTransferFilter(PeriodicTransferState? State = null);

public sealed record PeriodicTransfersResponse(IReadOnlyList<PeriodicTransferResponse> Items);
