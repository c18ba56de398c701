using System.ComponentModel;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using NodaTime;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class GiveSoftPinFunction(GiveSoftPin give)
{
    [Function("Devices_GiveSoftPin")]
    [Access(Right.Info)]
    [Summary("Gives the Soft PIN of the trusted device that calls, or a new one.", Details = "A new one ends the former at once; a code that was used is replaced by itself. The nonce's purpose is `soft_pin`.")]
    [Body<SoftPinRequest>]
    [Answers<SoftPinResponse>]
    [Refuses<DeviceNotTrusted>, Refuses<SoftPinDisabled>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/security/soft-pin")] HttpRequest request) =>
        request.ReadBody<SoftPinRequest>()
            .Then(body => give.RunAsync(
                request.Customer(), body.Proof.Of(request.CustomerCaller().Installation), body.IsNew, request.HttpContext.RequestAborted))
            .Respond(pin => TypedResults.Ok(SoftPinResponse.From(pin)));
}

public sealed record SoftPinRequest(DeviceProofDto Proof, [property: Description("A new code in place of the current one.")] bool IsNew = false);

public sealed record SoftPinResponse(
    [property: Example("492039")] string Code,
    [property: Description("The code is taken once, until a minute after this moment.")] Instant ExpiresAt)
{
    internal static SoftPinResponse From(SoftPin pin) => new(pin.Code, pin.ExpiresAt);
}
