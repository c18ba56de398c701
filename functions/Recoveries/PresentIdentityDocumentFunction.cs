using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.IdentityDocuments;
using Serverless.Banking.Recoveries;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;
using Serverless.Functions.IdentityDocuments;

namespace Serverless.Functions.Recoveries;

public sealed class PresentIdentityDocumentFunction(PresentIdentityDocument present)
{
    [Function("Recoveries_PresentDocument")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Second half of the recovery by identity document: what the phone read from its chip; the code is sent.")]
    [Body<ChipDto>(MaxBytes = ChipDto.MaxBytes)]
    [Answers<SentCodeResponse>]
    [Refuses<RecoveryNotFound>, Refuses<RecoveryExpired>, Refuses<RecoveryStepOutOfOrder>, Refuses<ChipUnreadable>, Refuses<ChipInvalid>, Refuses<DocumentMismatch>, Refuses<DocumentExpired>]
    [Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/recoveries/{recoveryId:guid}/identity-document")] HttpRequest request, Guid recoveryId) =>
        request.ReadBody<ChipDto>()
            .Then(body => body.ToChip(""))
            .Then(chip => present.RunAsync(new RecoveryId(recoveryId), chip, request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}
