using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class SendSplitFunction(SendSplit send)
{
    [Function("MoneyRequests_SendSplit")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("money_split")]
    [Summary("Confirms a prepared split: every participant but the requester gets a money request, all or none, once.")]
    [Body<ConfirmQuoteRequest>]
    [Answers<SplitResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<SplitNotFound>, Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<AccountCurrencyMismatch>, Refuses<AlreadySplit>, Refuses<DailyRequestsReached>, Refuses<OpenRequestsReached>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests/splits")] HttpRequest request) =>
        request.ReadBody<ConfirmQuoteRequest>()
            .Then(body => send.RunAsync(body.ToConfirmation(request), request.HttpContext.RequestAborted))
            .Respond(seen => TypedResults.Created($"/api/v1/money-requests/splits/{seen.Split.Id.Value}", SplitResponse.From(seen)));
}
