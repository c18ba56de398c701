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

public sealed class SignInWithSmartOtpFunction(SignInWithDevice signIn, FindHome home)
{
    [Function("Devices_SignInWithSmartOtp")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Second step of a login on a trusted device: its signature in place of the typed code.", Details = "Signed are the nonce (purpose `smart_otp`), a full stop and the challenge's id.")]
    [Body<DeviceProofDto>]
    [Answers<SignedInResponse>]
    [Refuses<ChallengeExpired>, Refuses<ChallengeCancelled>, Refuses<DeviceNotTrusted>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>]
    [Refuses<NotRegistered>, Refuses<ChannelBlocked>, Refuses<ChannelNotVerified>, Refuses<PasswordSignInRequired>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/login/{challengeId:guid}/smart-otp")] HttpRequest request, Guid challengeId) =>
        request.ReadBody<DeviceProofDto>()
            .Then(body => signIn.SmartOtpAsync(new LoginChallengeId(challengeId), body.Nonce, body.Signature, request.HttpContext.RequestAborted))
            .WithHome(home, request.HttpContext.RequestAborted)
            .Respond(TypedResults.Ok);
}
