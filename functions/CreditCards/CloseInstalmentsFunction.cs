using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Ledger;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class CloseInstalmentsFunction(CloseInstalments close)
{
    [Function("Instalments_Close")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("instalment_closing")]
    [Summary("Closes a plan early as prepared: what is left falls due in the next statement.")]
    [Body<ConfirmQuoteRequest>]
    [Answers<InstalmentPlanResponse>]
    [Refuses<QuoteNotFound>, Refuses<IdempotencyKeyReused>, Refuses<PlanClosed>, Refuses<QuoteExpired>, Refuses<CardProcessorUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/instalment-plans/{planId:guid}/closing")] HttpRequest request, Guid planId) =>
        request.ReadBody<ConfirmQuoteRequest>()
            .Then(body => close.RunAsync(body.ToConfirmation(request), planId, request.HttpContext.RequestAborted))
            .Respond(plan => TypedResults.Ok(InstalmentPlanResponse.From(plan)));
}
