using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Profile;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class SaveResidenceFunction(SaveResidence operation, OnboardingOptions options)
{
    [Function("Onboarding_SaveResidence")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes residence and branch; may be corrected until the data are confirmed.",
        Details = "Codes are those of `GET /api/public/v1/onboarding/reference-data`; postal code and unit belong to the city.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<ResidenceDto>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/residence")] HttpRequest request) =>
        request.ReadBody<ResidenceDto>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.ToResidence(), request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}

public sealed record ResidenceDto(
    [property: Description("Lives abroad.")] bool Emigrant,
    [property: MaxLength(40), Example("tirane")] string City,
    [property: MaxLength(10), Example("1001")] string PostalCode,
    [property: MaxLength(ResidenceAddress.RowAtMost), Description("Letters, digits, spaces, slashes, full stops and commas."), Example("Rruga e Kavajës 12, Hyrja 3")] string Address,
    [property: MaxLength(40), Example("tirane-7")] string AdministrativeUnit,
    [property: MaxLength(40), Description("Village or district."), Example("tirane-7-qender")] string Village,
    [property: MaxLength(20), Description("Where the person wants to become a customer."), Example("1101")] string Branch)
{
    internal Residence ToResidence() => new(Emigrant, City, PostalCode, Address, AdministrativeUnit, Village, Branch);
}
