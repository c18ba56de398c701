using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Serverless.Banking;
using Serverless.Banking.Calendar;
using Serverless.Banking.Insurance;
using Serverless.Banking.Ledger;
using Serverless.Banking.Quotes;
using Serverless.Functions.Http;
using Serverless.Workflows.InsurancePurchases;

namespace Serverless.Functions.Insurance;

public sealed class BuyPolicyFunction(BuyPolicy buy, StartInsurancePurchase workflow, InsuranceLists lists, BankCalendar calendar)
{
    [Function("Insurance_BuyPolicy")]
    [Access(Right.Payment)]
    [Idempotent]
    [Confirmed("insurance_payment")]
    [Summary("Confirms a prepared purchase: the premium is held and the policy ordered.",
        Details = "202: `GET` the policy to see how it ends. The premium is booked when the insurer has issued the policy, and given back when it refuses or does not answer in time.")]
    [Body<BuyPolicyRequest>]
    [Answers<PolicyResponse>(202)]
    [Refuses<InsuranceTermsNotAccepted>, Refuses<QuoteNotFound>, Refuses<IdempotencyKeyReused>, Refuses<PurchaseAlreadyConfirmed>, Refuses<QuoteExpired>, Refuses<OfferExpired>]
    [Refuses<InsuranceStartPast>, Refuses<PurchaseInterrupted>, Refuses<AccountNotFound>, Refuses<AccountNotUsable>, Refuses<InsufficientFunds>, Refuses<MinimumBalanceReached>]
    [Refuses<AccountBusy>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/insurance/policies")] HttpRequest request, [DurableClient] DurableTaskClient client) =>
        request.ReadBody<BuyPolicyRequest>()
            .Then(body => buy.RunAsync(
                new PurchaseConfirmation(request.Customer(), request.IdempotencyKey(), request.BodyHash(), body.QuoteId, body.AcceptedTerms, request.CustomerCaller().Installation.Value),
                request.HttpContext.RequestAborted))
            .Then(purchase => workflow.OfAsync(client, purchase))
            .Respond(purchase => TypedResults.Accepted($"/api/v1/insurance/policies/{purchase.Id}", PolicyResponse.From(purchase.AsOrdered(), lists, calendar)));
}

public sealed record BuyPolicyRequest(
    [property: MaxLength(SealedQuotes.LengthAtMost), Description("As the quote gave it.")] string QuoteId,
    [property: MaxLength(20), Description("Version of the terms and conditions that the customer has accepted."), Example("2026-01")] string? AcceptedTerms = null) : IConfirmsQuote;
