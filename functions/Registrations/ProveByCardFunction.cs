using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Partners;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Registrations;

public sealed class ProveByCardFunction(ProveByCard prove)
{
    [Function("Registrations_ProveByCard")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Proves a registration by a card of the client and its PIN; the code is sent.", Details = "The PIN travels encrypted to the card processor's key (`GET /api/public/v1/pin-keys`) and is opened only there. Wrong PINs count with the card's own counter.")]
    [Body<CardProofRequest>]
    [Answers<SentCodeResponse>]
    [Refuses<RegistrationNotFound>, Refuses<RegistrationExpired>, Refuses<StepOutOfOrder>, Refuses<MethodNotAvailable>, Refuses<RegistrationLocked>, Refuses<UserLocked>]
    [Refuses<CardProcessorUnavailable>, Refuses<CardMismatch>, Refuses<CardNotActive>, Refuses<PinBlockInvalid>, Refuses<WrongPin>]
    [Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/registrations/{registrationId:guid}/card")] HttpRequest request, Guid registrationId) =>
        request.ReadBody<CardProofRequest>()
            .Then(body => prove.RunAsync(new RegistrationId(registrationId), new CardProof(body.CardType, body.LastDigits, body.PinBlock), request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}

public sealed record CardProofRequest(
    [property: Description("contactless when the card bears that sign.")] CardKind CardType,
    [property: Pattern("[0-9]{6}"), Description("The last six digits of the card number."), Example("110001")] string LastDigits,
    [property: MinLength(1), MaxLength(2000), Pattern(@"[A-Za-z0-9_.-]+"), Description("A compact JWE (RFC 7516, ECDH-ES and A256GCM) over {\"pin\":\"1234\",\"iat\":seconds since 1970}."), Example("eyJhbGciOiJFQ0RILUVTIn0..aXY.Y2lwaGVydGV4dA.dGFn")] string PinBlock)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(CardProofRequest);
}
