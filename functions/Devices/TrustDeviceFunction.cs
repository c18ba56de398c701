using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Devices;

public sealed class TrustDeviceFunction(TrustDevice trust)
{
    [Function("Devices_Trust")]
    [Access(Right.Info)]
    [Summary("Accepts the offer to trust the device that calls.", Details = "The offer comes with the third login in a row on the device. Remember me, Smart OTP and Soft PIN go on. The nonce's purpose is `trust`.")]
    [Body<TrustRequestBody>, Header(CallingDevice.PlaceHeader, CallingDevice.PlaceMeaning)]
    [Answers<SecurityResponse>]
    [Refuses<DeviceNotFound>, Refuses<TrustNotOffered>, Refuses<TrustNeedsDocument>, Refuses<TrustedDeviceLimit>, Refuses<DeviceIntegrity>]
    [Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/devices/trust")] HttpRequest request) =>
        request.ReadBody<TrustRequestBody>()
            .Then(body => trust.RunAsync(
                new TrustRequest(request.Device(), body.Proof.Of(request.CustomerCaller().Installation), body.Attestation, TrustMethod.Offer),
                request.HttpContext.RequestAborted))
            .Respond(device => TypedResults.Ok(SecurityResponse.From(device)));
}

public sealed record TrustRequestBody(
    DeviceProofDto Proof,
    [property: MaxLength(4000), Description("Somebody the bank trusts vouches for phone, key and nonce (JWS).")] string Attestation);
