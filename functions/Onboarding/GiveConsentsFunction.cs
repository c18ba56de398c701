using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class GiveConsentsFunction(GiveConsents operation, OnboardingOptions options)
{
    [Function("Onboarding_GiveConsents")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the approval of privacy policy and terms of the video identification, both and in this order.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<ConsentsRequest>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/consents")] HttpRequest request) =>
        request.ReadBody<ConsentsRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), [.. body.Consents.Select(consent => new ConsentGiven(consent.Document, consent.Version))], request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}

public sealed record ConsentsRequest([property: MaxLength(10)] IReadOnlyList<ConsentDto> Consents);

public sealed record ConsentDto(ConsentDocument Document, [property: MaxLength(20), Example("2026-01")] string Version);
