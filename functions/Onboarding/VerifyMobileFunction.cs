using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class VerifyMobileFunction(VerifyMobile operation, OnboardingOptions options)
{
    [Function("Onboarding_VerifyMobile")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the code that was sent to the mobile number.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<CodeRequest>]
    [Answers<OnboardingResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    [Refuses<ChallengeCancelled>, Refuses<OtpExpired>, Refuses<OtpWrong>, Refuses<MobileInUse>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/mobile/code")] HttpRequest request) =>
        request.ReadBody<CodeRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.Code, request.HttpContext.RequestAborted))
            .Respond(it => TypedResults.Ok(OnboardingResponse.From(it, options)));
}
