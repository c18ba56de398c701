using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Quotes;
using Serverless.Functions.Http;

namespace Serverless.Functions.MoneyRequests;

public sealed class SendMoneyRequestFunction(SendMoneyRequest send)
{
    [Function("MoneyRequests_Send")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("money_request")]
    [Summary("Sends a prepared money request, once.", Details = "Confirming the same quote again answers with the request it became.")]
    [Body<ConfirmQuoteRequest>]
    [Answers<MoneyRequestResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<AccountCurrencyMismatch>, Refuses<DailyRequestsReached>, Refuses<OpenRequestsReached>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests")] HttpRequest request) =>
        request.ReadBody<ConfirmQuoteRequest>()
            .Then(body => send.RunAsync(body.ToConfirmation(request), request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Created(
                $"/api/v1/money-requests/{it.Id.Value}", MoneyRequestResponse.From(new SeenRequest(it, RequestDirection.Sent, null))));
}
