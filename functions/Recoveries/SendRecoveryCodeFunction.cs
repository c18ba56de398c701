using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking.Credentials;
using Serverless.Banking.Recoveries;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Recoveries;

public sealed class SendRecoveryCodeFunction(SendRecoveryCode send)
{
    [Function("Recoveries_SendCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Sends the code of a recovery once more.", Details = "It cancels the one before. Not sooner than half a minute after it, and at most five in an hour.")]
    [Answers<SentCodeResponse>]
    [Refuses<RecoveryNotFound>, Refuses<RecoveryExpired>, Refuses<RecoveryStepOutOfOrder>]
    [Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/recoveries/{recoveryId:guid}/code-sends")] HttpRequest request, Guid recoveryId) =>
        send.RunAsync(new RecoveryId(recoveryId), request.HttpContext.RequestAborted).Respond(sent => TypedResults.Ok(SentCodeResponse.From(sent)));
}
