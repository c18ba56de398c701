using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;
using Serverless.Functions.Registrations;

namespace Serverless.Functions.Onboarding;

public sealed class ChoosePasswordFunction(ChoosePassword operation, OnboardingOptions options)
{
    [Function("Onboarding_ChoosePassword")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the new customer's password.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<NewPasswordRequest>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    [Refuses<LoginBusy>, Refuses<NotRegistered>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/password")] HttpRequest request) =>
        request.ReadBody<NewPasswordRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.Password, "/password", request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}
