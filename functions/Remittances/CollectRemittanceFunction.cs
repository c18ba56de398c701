using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Quotes;
using Serverless.Banking.Remittances;
using Serverless.Functions.Http;
using Serverless.Workflows.Remittances;

namespace Serverless.Functions.Remittances;

public sealed class CollectRemittanceFunction(CollectRemittance collect, StartPayout payout)
{
    [Function("Remittances_Collect")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("remittance")]
    [Summary("Confirms a prepared payout: the money is credited once the remitter has confirmed it.",
        Details = "201: credited. 202: the remitter has not confirmed yet; `GET` the remittance to see how it ends.")]
    [Body<CollectRemittanceRequest>]
    [Answers<RemittanceResponse>(201), Answers<RemittanceResponse>(202)]
    [Refuses<RemittanceTermsNotAccepted>, Refuses<QuoteNotFound>, Refuses<IdempotencyKeyReused>, Refuses<QuoteExpired>, Refuses<RemittanceAlreadyPaid>]
    [Refuses<RemittanceCancelled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/remittances")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<CollectRemittanceRequest>()
            .Then(body => collect.RunAsync(
                new RemittanceConfirmation(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.QuoteId, body.AcceptedTerms),
                request.HttpContext.RequestAborted))
            .Then(remittance => payout.IfOpenAsync(client, remittance))
            .Respond(remittance => remittance.State == RemittancePayoutState.Credited
                ? (IResult)TypedResults.Created($"/api/v1/remittances/{remittance.Id.Value}", RemittanceResponse.From(remittance))
                : TypedResults.Accepted($"/api/v1/remittances/{remittance.Id.Value}", RemittanceResponse.From(remittance)));
}

public sealed record CollectRemittanceRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost)] string QuoteId,
    [property: MaxLength(20), Description("Version of the terms that the customer has accepted."), Example("2026-01")] string? AcceptedTerms = null) : IConfirmsQuote;
