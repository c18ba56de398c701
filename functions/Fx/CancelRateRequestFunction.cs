using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Functions.Http;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Fx;

public sealed class CancelRateRequestFunction(CancelRateRequest cancel, StartRateRequest workflow)
{
    [Function("Fx_CancelRateRequest")]
    [Access(Right.Payment)]
    [NotConfirmed("It takes a wish back; nothing is paid.")]
    [Summary("Cancels a request for a preferential rate; cancelling it twice gives the same answer.")]
    [Answers<RateRequestResponse>]
    [Refuses<RateRequestNotFound>, Refuses<RateRequestFinal>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/rate-requests/{requestId:guid}/cancellation")] HttpRequest request, Guid requestId,
        [DurableClient] DurableTaskClient client) =>
        cancel.RunAsync(request.Customer(), requestId, request.HttpContext.RequestAborted)
            .Then(cancelled => workflow.WakeAsync(client, cancelled))
            .Respond(cancelled => TypedResults.Ok(RateRequestResponse.From(cancelled)));
}
