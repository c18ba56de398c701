using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Devices;
using Serverless.Banking.IdentityDocuments;
using Serverless.Functions.Http;
using Serverless.Functions.IdentityDocuments;

namespace Serverless.Functions.Devices;

public sealed class TrustByDocumentFunction(TrustByDocument trust)
{
    [Function("Devices_TrustByDocument")]
    [Access(Right.Info)]
    [Summary("Authorises the device that calls at once, with the chip of the customer's identity document.")]
    [Body<DocumentTrustRequest>(MaxBytes = ChipDto.MaxBytes), Header(CallingDevice.PlaceHeader, CallingDevice.PlaceMeaning)]
    [Answers<SecurityResponse>]
    [Refuses<ChipUnreadable>, Refuses<ChipInvalid>, Refuses<DocumentMismatch>, Refuses<DocumentExpired>]
    [Refuses<DeviceNotFound>, Refuses<TrustedDeviceLimit>, Refuses<DeviceIntegrity>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/devices/trust/document")] HttpRequest request) =>
        request.ReadBody<DocumentTrustRequest>()
            .Then(body => body.Document.ToChip("/document").Then(chip => trust.RunAsync(
                new TrustRequest(request.Device(), body.Proof.Of(request.CustomerCaller().Installation), body.Attestation, TrustMethod.Document), chip,
                request.HttpContext.RequestAborted)))
            .Respond(device => TypedResults.Ok(SecurityResponse.From(device)));
}

public sealed record DocumentTrustRequest(
    [property: Description("Over the nonce of `POST /api/v1/devices/trust/document/challenges`.")] DeviceProofDto Proof,
    [property: MaxLength(4000), Description("Somebody the bank trusts vouches for phone, key and nonce (JWS).")] string Attestation,
    ChipDto Document);
