using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Applications;
using Serverless.Functions.Http;

namespace Serverless.Functions.Applications;

public sealed class ShowMenuFunction(FindOverdraftOffer offers)
{
    private const string NotOffered = "not_offered_yet";

    [Function("Applications_ShowMenu")]
    [Access(Right.Info)]
    [Summary("The products that the caller may open or apply for, in the menu's order, and where each begins.",
        Details = "What the bank does not offer in this channel yet says so (`not_offered_yet`) and leads nowhere.")]
    [Answers<ProductMenuResponse>]
    public async Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/products")] HttpRequest request)
    {
        var offer = await offers.RunAsync(request.Customer(), null, request.HttpContext.RequestAborted);
        return TypedResults.Ok(new ProductMenuResponse(
        [
            Open("open_account", "/api/v1/accounts/products", "/api/v1/accounts/openings/current/quotes", "/api/v1/accounts/openings/savings/quotes"),
            Open("open_deposit", "/api/v1/deposit-products", "/api/v1/deposits/by-product/quotes", "/api/v1/deposits/by-maturity-date/quotes"),
            Open("insurance", "/api/v1/insurance/kinds", "/api/v1/insurance/offers", "/api/v1/insurance/quotes", "/api/v1/insurance/policies"),
            Open("pension_fund", "/api/v1/pension-funds/menu", "/api/v1/pension-plans", "/api/v1/pension-funds/applications"),
            Open("smart_pay", "/api/v1/smart-pay", "/api/v1/smart-pay/qr-accounts", "/api/v1/smart-pay/payments/quotes"),
            Open("instalments", "/api/v1/credit-cards", "/api/v1/credit-cards/{cardId}/transactions", "/api/v1/instalment-plans/quotes", "/api/v1/instalment-plans"),
            offer.IsIndividual ? Open("credit_card", "/api/v1/card-types", "/api/v1/card-applications/{applicationId}") : Closed("credit_card", new NotAnIndividual().Code),
            offer.Objection is { } objection ? Closed("overdraft", objection.Code) : Open("overdraft", "/api/v1/overdrafts/information", "/api/v1/overdrafts/limits", "/api/v1/overdraft-applications/{applicationId}"),
            Open("my_applications", "/api/v1/applications"),
        ]));
    }

    private static ProductResponse Open(string code, params string[] operations) => new(code, true, null, operations);

    private static ProductResponse Closed(string code, string why) => new(code, false, why, []);
}

public sealed record ProductMenuResponse(IReadOnlyList<ProductResponse> Items);

public sealed record ProductResponse(
    [property: Example("overdraft")] string Code,
    bool IsAvailable,
    [property: Description("Why not, as a code; null when it is available."), Example("no_salary_at_bank")] string? Why,
    [property: Description("Addresses, the first one to begin with.")] IReadOnlyList<string> Operations);
