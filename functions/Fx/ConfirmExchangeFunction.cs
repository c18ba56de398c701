using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Functions.Http;

namespace Serverless.Functions.Fx;

public sealed class ConfirmExchangeFunction(ConfirmExchange confirm)
{
    [Function("Fx_Confirm")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("currency_exchange")]
    [Summary("Executes a prepared exchange at the rate that was shown: both balances have changed when it answers.")]
    [Body<ConfirmExchangeRequest>]
    [Answers<ExchangeResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<QuoteNotFound>, Refuses<ExchangeAlreadyConfirmed>, Refuses<QuoteExpired>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>]
    [Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>, Refuses<BalanceTooLarge>, Refuses<AccountBusy>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/fx/exchanges")] HttpRequest request) =>
        request.ReadBody<ConfirmExchangeRequest>()
            .Then(body => confirm.RunAsync(
                new ExchangeConfirmation(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.QuoteId), request.HttpContext.RequestAborted))
            .Respond(done => TypedResults.Created($"/api/v1/fx/exchanges/{done.Id}", ExchangeResponse.From(done)));
}

public sealed record ConfirmExchangeRequest([property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId) : IConfirmsQuote;
