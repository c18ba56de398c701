using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class ShowSoftPinFunction(GiveSoftPin give)
{
    [Function("Devices_ShowSoftPin")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Gives the Soft PIN on the entry screen of a trusted device.", Details = "Nothing but the code is answered. The nonce's purpose is `soft_pin`.")]
    [Body<InstallationProofRequest>]
    [Answers<SoftPinResponse>]
    [Refuses<DeviceNotTrusted>, Refuses<SoftPinDisabled>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/devices/soft-pin")] HttpRequest request) =>
        request.ReadBody<InstallationProofRequest>()
            .Then(body => give.BeforeLoginAsync(body.ToProof(), request.HttpContext.RequestAborted))
            .Respond(pin => TypedResults.Ok(SoftPinResponse.From(pin)));
}

public sealed record InstallationProofRequest([property: Pattern(InstallationId.Pattern), Example("3f1c2a9e-7b8d-4c5e-9f10-2a3b4c5d6e7f")] string InstallationId, DeviceProofDto Proof)
{
    internal DeviceProof ToProof() => Proof.Of(Banking.Devices.InstallationId.Of(InstallationId));
}
