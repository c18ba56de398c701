using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class ShowRememberedFunction(CheckDeviceLogin check)
{
    [Function("Devices_ShowRemembered")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Tells an installation whom it remembers, so that only the password is typed.", Details = "Told only to who signs with the installation's key. The nonce's purpose is `remembered`.")]
    [Body<InstallationProofRequest>]
    [Answers<RememberedResponse>]
    [Refuses<NotRemembered>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/devices/remembered")] HttpRequest request) =>
        request.ReadBody<InstallationProofRequest>()
            .Then(body => check.RememberedAsync(body.ToProof(), request.HttpContext.RequestAborted))
            .Respond(device => TypedResults.Ok(RememberedResponse.From(device)));
}

public sealed record RememberedResponse(
    [property: Example("100000001")] string CustomerNumber,
    [property: Description("A scan may take the place of the password.")] bool Biometrics,
    [property: Description("A scan alone is enough.")] bool TrustedDevice,
    bool SemiAuthentication)
{
    internal static RememberedResponse From(Device device) => new(device.Customer.Value, device.BiometricKey is not null, device.IsTrusted, device.HasSemiAuthentication);
}
