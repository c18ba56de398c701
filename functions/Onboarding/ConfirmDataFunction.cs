using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ConfirmDataFunction(ConfirmData operation, OnboardingOptions options)
{
    [Function("Onboarding_ConfirmData")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the confirmation of everything; nothing changes from then on.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<DataConfirmationRequest>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    [Refuses<DataChanged>, Refuses<ScreeningUnavailable>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/review/confirmation")] HttpRequest request) =>
        request.ReadBody<DataConfirmationRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.DataHash, request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}

public sealed record DataConfirmationRequest([property: Pattern("[0-9a-f]{64}"), Example("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")] string DataHash);
