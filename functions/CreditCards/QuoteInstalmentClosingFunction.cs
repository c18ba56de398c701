using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.CreditCards;
using Serverless.Banking.Partners;
using Serverless.Banking.Quotes;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.CreditCards;

public sealed class QuoteInstalmentClosingFunction(CloseInstalments close)
{
    [Function("Instalments_QuoteClosing")]
    [Access(Right.Payment)]
    [Summary("Prepares closing a plan early: what falls due in the next statement, and the fee.")]
    [Answers<InstalmentClosingQuoteResponse>]
    [Refuses<InstalmentPlanNotFound>, Refuses<CardProcessorUnavailable>, Refuses<PlanClosed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/instalment-plans/{planId:guid}/closing/quotes")] HttpRequest request, Guid planId) =>
        close.QuoteAsync(request.Customer(), planId, request.HttpContext.RequestAborted)
            .Respond(quoted => TypedResults.Ok(InstalmentClosingQuoteResponse.From(quoted)));
}

[Description("A prepared closing. Confirm it before it expires.")]
public sealed record InstalmentClosingQuoteResponse(string QuoteId, Guid PlanId, Money RemainingPrincipal, Money Fee, ConfirmationResponse Confirmation, Instant ExpiresAt)
{
    public static InstalmentClosingQuoteResponse From(SealedQuote<QuotedClosing> quote) => new(
        quote.Text, quote.Content.Plan, quote.Content.Remaining, quote.Content.Fee, ConfirmationResponse.From(quote.Demand!), quote.ExpiresAt);
}
