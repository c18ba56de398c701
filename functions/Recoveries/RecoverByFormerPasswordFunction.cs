using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Recoveries;
using Serverless.Functions.Http;

namespace Serverless.Functions.Recoveries;

public sealed class RecoverByFormerPasswordFunction(RecoverByFormerPassword prove)
{
    [Function("Recoveries_ProveByFormerPassword")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("First half of the recovery by identity document: one of the last five passwords.")]
    [Body<FormerPasswordRequest>]
    [Answers<RecoveryResponse>]
    [Refuses<RecoveryNotFound>, Refuses<RecoveryExpired>, Refuses<RecoveryStepOutOfOrder>, Refuses<UserLocked>, Refuses<LoginBusy>, Refuses<PasswordNotInLastFive>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/recoveries/{recoveryId:guid}/former-password")] HttpRequest request, Guid recoveryId) =>
        request.ReadBody<FormerPasswordRequest>()
            .Then(body => prove.RunAsync(new RecoveryId(recoveryId), body.FormerPassword, request.HttpContext.RequestAborted))
            .Respond(recovery => TypedResults.Ok(RecoveryResponse.From(recovery)));
}

public sealed record FormerPasswordRequest([property: MinLength(1), MaxLength(128), Example("Vera2025x")] string FormerPassword)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(FormerPasswordRequest);
}
