using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.Home;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class SignInWithSoftPinFunction(SignInWithDevice signIn, FindHome home)
{
    [Function("Devices_SignInWithSoftPin")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Second step of a login at the Internet Branch: the Soft PIN of a trusted phone in place of the code by SMS.", Details = "The fifth wrong one cancels the login.")]
    [Body<CodeRequest>]
    [Answers<SignedInResponse>]
    [Refuses<ChallengeExpired>, Refuses<ChallengeCancelled>, Refuses<SoftPinDisabled>, Refuses<SoftPinExpired>, Refuses<SoftPinWrong>]
    [Refuses<NotRegistered>, Refuses<ChannelBlocked>, Refuses<ChannelNotVerified>, Refuses<PasswordSignInRequired>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/login/{challengeId:guid}/soft-pin")] HttpRequest request, Guid challengeId) =>
        request.ReadBody<CodeRequest>()
            .Then(body => signIn.SoftPinAsync(new LoginChallengeId(challengeId), body.Code, request.HttpContext.RequestAborted))
            .WithHome(home, request.HttpContext.RequestAborted)
            .Respond(TypedResults.Ok);
}
