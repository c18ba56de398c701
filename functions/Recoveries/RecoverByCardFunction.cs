using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Partners;
using Serverless.Banking.Recoveries;
using Serverless.Banking.Registrations;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;
using Serverless.Functions.Registrations;

namespace Serverless.Functions.Recoveries;

public sealed class RecoverByCardFunction(RecoverByCard prove)
{
    [Function("Recoveries_ProveByCard")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Proves a recovery by a card and its PIN; the code is sent.", Details = "The PIN travels encrypted to the card processor (`GET /api/public/v1/pin-keys`). Wrong PINs count with the card's own counter.")]
    [Body<CardProofRequest>]
    [Answers<SentCodeResponse>]
    [Refuses<RecoveryNotFound>, Refuses<RecoveryExpired>, Refuses<RecoveryStepOutOfOrder>, Refuses<RegistrationLocked>, Refuses<UserLocked>]
    [Refuses<CardProcessorUnavailable>, Refuses<CardMismatch>, Refuses<CardNotActive>, Refuses<PinBlockInvalid>, Refuses<WrongPin>]
    [Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/recoveries/{recoveryId:guid}/card")] HttpRequest request, Guid recoveryId) =>
        request.ReadBody<CardProofRequest>()
            .Then(body => prove.RunAsync(new RecoveryId(recoveryId), new CardProof(body.CardType, body.LastDigits, body.PinBlock), request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}
