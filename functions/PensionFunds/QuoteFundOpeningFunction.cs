using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Accounts;
using Serverless.Banking.Fx;
using Serverless.Banking.Ledger;
using Serverless.Banking.PensionFunds;
using Serverless.Functions.Confirmations;
using Serverless.Functions.Http;

namespace Serverless.Functions.PensionFunds;

public sealed class QuoteFundOpeningFunction(QuoteFundOpening quote)
{
    [Function("PensionFunds_QuoteOpening")]
    [Access(Right.Payment)]
    [Summary("The summary of an application, with what a contribution costs at the current rate and the contract to accept.")]
    [Answers<FundOpeningQuoteResponse>]
    [Refuses<PrivateFundNotFound>, Refuses<FundApplicationNotDraft>, Refuses<FundPaymentMissing>, Refuses<PlanNotAvailable>, Refuses<AgeNotEligible>, Refuses<AccountNotFound>]
    [Refuses<AccountNotUsable>, Refuses<ExchangeRateMissing>, Refuses<InsufficientFunds>, Refuses<PaymentDateInPast>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/pension-funds/applications/{fundId:guid}/quotes")] HttpRequest request, Guid fundId) =>
        quote.RunAsync(request.Customer(), fundId, request.HttpContext.RequestAborted).Respond(quoted => TypedResults.Ok(new FundOpeningQuoteResponse(
            quoted.Text, quoted.Content.Plan, PensionPlans.Of(quoted.Content.Plan).Manager, quoted.Content.Description, FundPaymentResponse.From(quoted.Content.Payment)!,
            FundCostResponse.From(quoted.Content.Terms)!, PensionPlans.ContractVersion, ConfirmationResponse.From(quoted.Demand!), quoted.ExpiresAt)));
}
