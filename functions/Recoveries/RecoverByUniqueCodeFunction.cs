using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Recoveries;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;
using Serverless.Functions.Registrations;

namespace Serverless.Functions.Recoveries;

public sealed class RecoverByUniqueCodeFunction(RecoverByUniqueCode prove)
{
    [Function("Recoveries_ProveByUniqueCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Proves a recovery by the unique code of a branch; the code is sent.")]
    [Body<UniqueCodeProofRequest>]
    [Answers<SentCodeResponse>]
    [Refuses<RecoveryNotFound>, Refuses<RecoveryExpired>, Refuses<RecoveryStepOutOfOrder>, Refuses<RegistrationLocked>, Refuses<UserLocked>]
    [Refuses<CodeInvalid>, Refuses<CodeUsed>, Refuses<CodeExpired>]
    [Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/recoveries/{recoveryId:guid}/unique-code")] HttpRequest request, Guid recoveryId) =>
        request.ReadBody<UniqueCodeProofRequest>()
            .Then(body => prove.RunAsync(new RecoveryId(recoveryId), body.UniqueCode, request.HttpContext.RequestAborted))
            .Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}
