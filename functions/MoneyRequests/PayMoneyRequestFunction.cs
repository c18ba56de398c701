using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.MoneyRequests;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;
using Serverless.Functions.Transfers;

namespace Serverless.Functions.MoneyRequests;

public sealed class PayMoneyRequestFunction(PayMoneyRequest pay)
{
    [Function("MoneyRequests_Pay")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("request_payment")]
    [Summary("Confirms a prepared payment and pays the request, at most once.")]
    [Body<ConfirmQuoteRequest>]
    [Answers<MoneyRequestResponse>]
    [Refuses<QuoteNotFound>, Refuses<IdempotencyKeyReused>, Refuses<MoneyRequestNotFound>, Refuses<NotThePayer>, Refuses<MoneyRequestNotOpen>]
    [Refuses<MoneyRequestBeingPaid>, Refuses<QuoteExpired>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<PayeeAccountNotUsable>]
    [Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<ExchangeRateMissing>, Refuses<TransferLimitExceeded>, Refuses<TransferTooOften>]
    [Refuses<TransferAlreadyConfirmed>, Refuses<AccountBusy>, Refuses<TransferInterrupted>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/money-requests/{id:guid}/payment")] HttpRequest request, Guid id) =>
        request.ReadBody<ConfirmQuoteRequest>()
            .Then(body => pay.RunAsync(
                new RequestPaymentConfirmation(
                    request.Customer(), new MoneyRequestId(id), request.IdempotencyKey(), request.BodyHash(), body.QuoteId, request.Device()),
                request.HttpContext.RequestAborted))
            .Respond(seen => TypedResults.Ok(MoneyRequestResponse.From(seen)));
}
