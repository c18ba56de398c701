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

public sealed class SignInToSmartPayFunction(SignInWithDevice signIn, FindHome home)
{
    [Function("Devices_SignInToSmartPay")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Opens the Smart Pay menu for the remembered customer by the device's key alone.", Details = "Where semi-authentication is on. The session is good for Smart Pay only. The nonce's purpose is `smart_pay_login`.")]
    [Body<DeviceSignInRequest>]
    [Answers<SignedInResponse>]
    [Refuses<SemiAuthenticationOff>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>, Refuses<UserBlocked>, Refuses<UserLocked>]
    [Refuses<NotRegistered>, Refuses<ChannelBlocked>, Refuses<ChannelNotVerified>, Refuses<PasswordSignInRequired>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/login/smart-pay")] HttpRequest request) =>
        request.ReadBody<DeviceSignInRequest>()
            .Then(body => body.ToInstallation().Then(installation => signIn.SmartPayAsync(
                installation, body.Proof.Of(installation.Id), Place.Find(body.Location), request.HttpContext.RequestAborted)))
            .WithHome(home, request.HttpContext.RequestAborted)
            .Respond(TypedResults.Ok);
}
