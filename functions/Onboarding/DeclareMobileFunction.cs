using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class DeclareMobileFunction(DeclareMobile operation)
{
    [Function("Onboarding_DeclareMobile")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the mobile number and sends a code to it; the same number again sends another.")]
    [Header(ApplicationTokens.Header, ApplicationTokens.Meaning)]
    [Body<OnboardingMobileRequest>]
    [Answers<SentCodeResponse>]
    [Refuses<ApplicationTokenInvalid>, Refuses<OnboardingClosed>, Refuses<StepOutOfOrder>]
    [Refuses<MobileInUse>, Refuses<ChallengeCancelled>, Refuses<MobileMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/application/mobile")] HttpRequest request) =>
        request.ReadBody<OnboardingMobileRequest>()
            .Then(body => operation.RunAsync(request.ApplicationToken(), body.Mobile, request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}

public sealed record OnboardingMobileRequest([property: MaxLength(40), Description("An Albanian mobile number."), Example("+355691234567")] string Mobile)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(OnboardingMobileRequest);
}
