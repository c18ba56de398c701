using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Onboarding;
using Serverless.Functions.Http;

namespace Serverless.Functions.Onboarding;

public sealed class ResendEmailCodeFunction(SendEmailCode send)
{
    [Function("Onboarding_ResendEmailCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Sends the code of an e-mail address once more.", Details = "It cancels the one before. Not sooner than half a minute after it, and at most five in an hour.")]
    [Body<EmailCodeAgainRequest>]
    [Answers<EmailCodeResponse>]
    [Refuses<EmailChallengeInvalid>, Refuses<RegistrationLocked>, Refuses<ChallengeCancelled>, Refuses<MobileMissing>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/onboarding/email-codes/sends")] HttpRequest request) =>
        request.ReadBody<EmailCodeAgainRequest>()
            .Then(body => send.AgainAsync(body.Challenge, request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(EmailCodeResponse.From(sent)));
}

public sealed record EmailCodeAgainRequest([property: MaxLength(2000)] string Challenge);
