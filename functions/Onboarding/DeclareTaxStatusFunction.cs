using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class DeclareTaxStatusFunction(DeclareTaxStatus operation, OnboardingOptions options)
{
    [Function("Onboarding_DeclareTaxStatus")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the declarations about the USA and about taxes in another state.",
        Details = "After a yes the bank looks at the application before the contract.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<TaxStatusDto>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/tax-status")] HttpRequest request) =>
        request.ReadBody<TaxStatusDto>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), new TaxStatus(body.UsRelation, body.ForeignTaxpayer, body.TaxCountry, body.TaxNumber), request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}

public sealed record TaxStatusDto(
    [property: Description("Has a relation with the USA.")] bool UsRelation,
    [property: Description("Pays taxes in another state.")] bool ForeignTaxpayer,
    [property: MaxLength(2), Description("Of the other state, ISO 3166-1.")] string? TaxCountry = null,
    [property: MaxLength(30), Description("Of the other state.")] string? TaxNumber = null);
