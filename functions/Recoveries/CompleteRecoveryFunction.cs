using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Banking.Credentials;
using Serverless.Banking.Recoveries;
using Serverless.Functions.Http;
using Serverless.Functions.PasswordChanges;

namespace Serverless.Functions.Recoveries;

public sealed class CompleteRecoveryFunction(CompleteRecovery complete)
{
    [Function("Recoveries_Complete")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the new password, typed twice.", Details = "It counts in the app and in the Internet Branch at once. Every session ends, every lock is lifted. The same step again with the same password has the same answer.")]
    [Body<RepeatedPasswordRequest>]
    [Answers<RecoveredResponse>]
    [Refuses<RecoveryNotFound>, Refuses<RecoveryExpired>, Refuses<RecoveryStepOutOfOrder>, Refuses<ChannelBlocked>, Refuses<NotRegistered>, Refuses<LoginBusy>]
    [Refuses<CodeUsed>, Refuses<CodeExpired>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/recoveries/{recoveryId:guid}/password")] HttpRequest request, Guid recoveryId) =>
        request.ReadBody<RepeatedPasswordRequest>()
            .Then(body => body.Check())
            .Then(password => complete.RunAsync(new RecoveryId(recoveryId), password, "/password", request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(new RecoveredResponse(user.Customer.Value, RecoveryStep.Login)));
}

/// <param name="UserId">The customer number: what the user signs in with.</param>
public sealed record RecoveredResponse(string UserId, RecoveryStep Next);
