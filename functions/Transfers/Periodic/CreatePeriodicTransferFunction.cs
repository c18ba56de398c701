using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Banking.Transfers;
using Serverless.Functions.Http;

namespace Serverless.Functions.Transfers;

public sealed class CreatePeriodicTransferFunction(CreatePeriodicTransfer create)
{
    [Function("PeriodicTransfers_Create")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("periodic_transfer")]
    [Summary("Confirms a prepared standing transfer and registers it, once.", Details = "Executions start at 06:00 Europe/Tirane of each due date.")]
    [Body<CreatePeriodicTransferRequest>]
    [Answers<PeriodicTransferResponse>(201)]
    [Refuses<IdempotencyKeyReused>, Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<PeriodicTermsNotAccepted>, Refuses<StartDateInPast>]
    [Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<AmountNotInAccountCurrency>, Refuses<CurrenciesDiffer>, Refuses<PayeeAccountNotUsable>]
    [Refuses<TooManyPeriodicTransfers>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/transfers/periodic")] HttpRequest request) =>
        request.ReadBody<CreatePeriodicTransferRequest>()
            .Then(body => create.RunAsync(
                new PeriodicConfirmation(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.QuoteId, body.AcceptTerms),
                request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Created($"/api/v1/transfers/periodic/{it.Id.Value}", PeriodicTransferResponse.From(it)));
}

public sealed record CreatePeriodicTransferRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: Description("The terms that the quote named are accepted.")] bool AcceptTerms) : IConfirmsQuote;
