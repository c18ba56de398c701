using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class EnableBiometricsFunction(EnableBiometrics enable)
{
    [Function("Devices_EnableBiometrics")]
    [Access(Right.Info)]
    [Summary("Switches login by fingerprint or face on for the device that calls.", Details = "With the password, once more; without it for five minutes after the identity document has authorised the device in this session. Remember me goes on too.")]
    [Body<BiometricsBody>, Header(CallingDevice.PlaceHeader, CallingDevice.PlaceMeaning)]
    [Answers<SecurityResponse>]
    [Refuses<UserBlocked>, Refuses<UserLocked>, Refuses<LoginBusy>, Refuses<WrongPassword>]
    [Refuses<DeviceNotFound>, Refuses<DeviceNotCapable>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/security/biometrics")] HttpRequest request) =>
        request.ReadBody<BiometricsBody>()
            .Then(body => body.ToRequest(request.Device()))
            .Then(biometrics => enable.RunAsync(biometrics, request.HttpContext.RequestAborted))
            .Respond(device => TypedResults.Ok(SecurityResponse.From(device)));
}

public sealed record BiometricsBody(
    BiometricScan Scan,
    [property: Description("Of the key that the scan unlocks; another one than the installation's.")] PublicKeyDto PublicKey,
    [property: Description("Signed with that key; the nonce's purpose is `enable_biometrics`.")] DeviceProofDto Proof,
    [property: MaxLength(64)] string? Password = null)
{
    internal Result<BiometricsRequest> ToRequest(DeviceCaller caller) => PublicKey.Find() is { } key
        ? new BiometricsRequest(caller, key, Scan, Proof.Of(caller.Installation), Password)
        : new InvalidInput([new PublicKeyInvalid("/publicKey")]);
}
