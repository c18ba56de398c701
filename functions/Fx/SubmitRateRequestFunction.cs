using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Fx;
using Serverless.Banking.Quotes;
using Serverless.Functions.Http;
using Serverless.Workflows.PreferentialRates;

namespace Serverless.Functions.Fx;

public sealed class SubmitRateRequestFunction(SubmitRateRequest submit, StartRateRequest workflow)
{
    [Function("Fx_SubmitRateRequest")]
    [Access(Right.Payment)]
    [NotConfirmed("It orders nothing: the customer completes it, or not, when the bank has named a rate.")]
    [Summary("Asks for a preferential rate for a prepared exchange.",
        Details = "The id is made by the client and sent again with every retry. At least 10,000 EUR or as much in another currency; one open request for each pair of "
            + "currencies in a direction. No money is held.")]
    [Body<SubmitRateRequestBody>]
    [Answers<RateRequestResponse>(201)]
    [Refuses<RateRequestExists>, Refuses<QuoteNotFound>, Refuses<QuoteExpired>, Refuses<RatesStale>, Refuses<ExchangeRateMissing>, Refuses<BelowExchangeMinimum>]
    [Refuses<RateRequestOpen>, Refuses<RateRequestBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/fx/rate-requests/{requestId:guid}")] HttpRequest request, Guid requestId,
        [DurableClient] DurableTaskClient client) =>
        request.ReadBody<SubmitRateRequestBody>()
            .Then(body => submit.RunAsync(new RateRequestWish(request.Customer(), requestId, body.QuoteId), request.HttpContext.RequestAborted))
            .Then(taken => workflow.OfAsync(client, taken))
            .Respond(taken => TypedResults.Created($"/api/v1/fx/rate-requests/{taken.Id}", RateRequestResponse.From(taken)));
}

public sealed record SubmitRateRequestBody(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("Of the prepared purchase, sale or conversion.")] string QuoteId);
