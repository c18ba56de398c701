using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.PasswordChanges;
using Serverless.Functions.Http;

namespace Serverless.Functions.PasswordChanges;

public sealed class ChangePasswordByUniqueCodeFunction(ChangePasswordByUniqueCode change)
{
    [Function("PasswordChanges_ByUniqueCode")]
    [Access(Right.Info)]
    [NotConfirmed("A code that a branch gave to the customer in person stands for it.")]
    [Summary("Changes the password by a branch's unique code, for a client without a card.", Details = "Every other session ends; the code is used up.")]
    [Body<PasswordByUniqueCodeRequest>, Idempotent]
    [Answers<PasswordChangedResponse>]
    [Refuses<RegistrationLocked>, Refuses<UserLocked>, Refuses<CodeInvalid>]
    [Refuses<NotRegistered>, Refuses<LoginBusy>, Refuses<CodeUsed>, Refuses<CodeExpired>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/password/changes/by-unique-code")] HttpRequest request) =>
        request.ReadBody<PasswordByUniqueCodeRequest>()
            .Then(body => body.ToOrder(request).Then(order => (Body: body, Order: order)))
            .Then(it => change.RunAsync(it.Order, it.Body.UniqueCode, request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(new PasswordChangedResponse(user.PasswordSetAt)));
}

public sealed record PasswordByUniqueCodeRequest(
    [property: MinLength(8), MaxLength(12), Pattern("[A-Za-z0-9 -]+"), Example("K7RW2MXQ")] string UniqueCode,
    [property: MaxLength(128), Description("8 to 16 letters A to Z and digits."), Example("Vera2026y")] string NewPassword,
    [property: MaxLength(128), Description("The same once more."), Example("Vera2026y")] string NewPasswordAgain)
{
    internal Result<PasswordOrder> ToOrder(HttpRequest request) => PasswordOrders.Of(request, NewPassword, NewPasswordAgain);

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(PasswordByUniqueCodeRequest);
}
