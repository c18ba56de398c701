using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class SplitPurchaseFunction(SplitPurchase split)
{
    [Function("Instalments_Split")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("instalment_plan")]
    [Summary("Splits a purchase as prepared, once.", Details = "Confirming the same quote again answers with the plan it became.")]
    [Body<ConfirmQuoteRequest>]
    [Answers<InstalmentPlanResponse>(201)]
    [Refuses<QuoteNotFound>, Refuses<IdempotencyKeyReused>, Refuses<QuoteExpired>, Refuses<AlreadySplitPurchase>, Refuses<StatementCut>, Refuses<NotSplittable>]
    [Refuses<InstalmentOfferExpired>, Refuses<CardProcessorUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/instalment-plans")] HttpRequest request) =>
        request.ReadBody<ConfirmQuoteRequest>()
            .Then(body => split.RunAsync(body.ToConfirmation(request), request.HttpContext.RequestAborted))
            .Respond(plan => TypedResults.Created($"/api/v1/instalment-plans/{plan.It.Id}", InstalmentPlanResponse.From(plan)));
}
