using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Banking.Credentials;
using Serverless.Banking.Home;
using Serverless.Functions.Http;

namespace Serverless.Functions.Credentials;

public sealed class CheckLoginCodeFunction(CheckLoginCode check, FindHome home)
{
    [Function("Credentials_CheckLoginCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Second step of a login: the code that was sent opens the session.")]
    [Body<CodeRequest>]
    [Answers<SignedInResponse>]
    [Refuses<ChallengeExpired>, Refuses<ChallengeCancelled>, Refuses<OtpExpired>, Refuses<OtpWrong>, Refuses<NotRegistered>]
    [Refuses<ChannelBlocked>, Refuses<ChannelNotVerified>, Refuses<PasswordSignInRequired>, Refuses<ContractNotConfirmed>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/login/{challengeId:guid}/code")] HttpRequest request, Guid challengeId) =>
        request.ReadBody<CodeRequest>()
            .Then(body => check.RunAsync(new LoginChallengeId(challengeId), body.Code, request.HttpContext.RequestAborted))
            .WithHome(home, request.HttpContext.RequestAborted)
            .Respond(TypedResults.Ok);
}
