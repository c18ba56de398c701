using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Functions.Http;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Fx;

public sealed class CompleteRateRequestFunction(CompleteRateRequest complete, StartRateRequest workflow)
{
    [Function("Fx_CompleteRateRequest")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("preferential_exchange")]
    [Summary("Exchanges at the confirmed rate: both balances have changed when it answers; a second confirm gives the first result.")]
    [Body<ConfirmExchangeRequest>]
    [Answers<RateRequestResponse>(201)]
    [Refuses<RateRequestNotFound>, Refuses<IdempotencyKeyReused>, Refuses<QuoteNotFound>, Refuses<RateExpired>, Refuses<RateRequestNotConfirmed>, Refuses<QuoteExpired>]
    [Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<BalanceTooLarge>, Refuses<AccountBusy>]
    [Refuses<RateRequestBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/rate-requests/{requestId:guid}/completion")] HttpRequest request, Guid requestId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<ConfirmExchangeRequest>()
            .Then(body => complete.RunAsync(
                new CompletionConfirmation(request.Customer(), requestId, request.IdempotencyKey(), request.BodyHash(), body.QuoteId), request.HttpContext.RequestAborted))
            .Then(done => workflow.WakeAsync(client, done))
            .Respond(done => TypedResults.Created($"/api/v1/fx/rate-requests/{done.Id}", RateRequestResponse.From(done)));
}
