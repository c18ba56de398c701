using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Recoveries;
using Serverless.Functions.Credentials;
using Serverless.Functions.Http;

namespace Serverless.Functions.Recoveries;

public sealed class CheckRecoveryCodeFunction(CheckRecoveryCode check)
{
    [Function("Recoveries_CheckCode")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the code that was sent to the mobile number on file.")]
    [Body<CodeRequest>]
    [Answers<RecoveryResponse>]
    [Refuses<RecoveryNotFound>, Refuses<RecoveryExpired>, Refuses<RecoveryStepOutOfOrder>]
    [Refuses<ChallengeCancelled>, Refuses<OtpExpired>, Refuses<OtpWrong>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/recoveries/{recoveryId:guid}/code")] HttpRequest request, Guid recoveryId) =>
        request.ReadBody<CodeRequest>()
            .Then(body => check.RunAsync(new RecoveryId(recoveryId), body.Code, request.HttpContext.RequestAborted))
            .Respond(recovery => TypedResults.Ok(RecoveryResponse.From(recovery)));
}
