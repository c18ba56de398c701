using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
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

public sealed class SignInWithBiometricsFunction(SignInWithDevice signIn, FindHome home)
{
    [Function("Devices_SignInWithBiometrics")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Signs the remembered customer in by fingerprint or face.", Details = "On a trusted device the session opens at once; elsewhere a code is sent, and typed in the login's second step. The proof is signed with the biometric key; the nonce's purpose is `biometric_login`.")]
    [Body<DeviceSignInRequest>]
    [Answers<BiometricSignInResponse>]
    [Refuses<BiometricNotEnabled>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>, Refuses<UserBlocked>, Refuses<UserLocked>]
    [Refuses<NotRegistered>, Refuses<ChannelBlocked>, Refuses<ChannelNotVerified>, Refuses<PasswordSignInRequired>]
    [Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/login/biometrics")] HttpRequest request) =>
        request.ReadBody<DeviceSignInRequest>()
            .Then(body => body.ToInstallation().Then(installation => signIn.BiometricsAsync(
                installation, body.Proof.Of(installation.Id), Place.Find(body.Location), request.HttpContext.RequestAborted)))
            .Then(login => FinishAsync(login, request.HttpContext.RequestAborted))
            .Respond(TypedResults.Ok);

    private async Task<Result<BiometricSignInResponse>> FinishAsync(DeviceSignIn login, CancellationToken cancellation) => new BiometricSignInResponse(
        login.Started is { } started ? LoginStartedResponse.From(started) : null,
        login.Completed is { } done ? SignedInResponse.From(done, await home.RunAsync(done.Customer, done.Scope, cancellation)) : null);
}

public sealed record DeviceSignInRequest(
    InstallationDto Installation,
    DeviceProofDto Proof,
    [property: MaxLength(40), Description("Where the device is, when the customer shares it: latitude, comma, longitude in degrees."), Example("41.3275,19.8187")] string? Location = null)
{
    internal Result<Installation> ToInstallation() => Installation.ToInstallation("/installation");
}

/// <param name="Login">The code is asked for; null when it was not needed.</param>
/// <param name="SignedIn">Null while the code is asked for.</param>
public sealed record BiometricSignInResponse(LoginStartedResponse? Login, SignedInResponse? SignedIn);
