using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Partners;
using Serverless.Banking.PasswordChanges;
using Serverless.Banking.Registrations;
using Serverless.Functions.Http;

namespace Serverless.Functions.PasswordChanges;

public sealed class ChangePasswordByCardFunction(ChangePasswordByCard change)
{
    [Function("PasswordChanges_ByCard")]
    [Access(Right.Info)]
    [NotConfirmed("The present password and the PIN of a card stand for it.")]
    [Summary("Changes the password: the present one, and the PIN of one of the customer's cards.", Details = "Every other session ends. The PIN travels encrypted to the card processor (`GET /api/public/v1/pin-keys`).")]
    [Body<PasswordByCardRequest>, Idempotent]
    [Answers<PasswordChangedResponse>]
    [Refuses<UserBlocked>, Refuses<UserLocked>, Refuses<WrongPassword>, Refuses<CardProcessorUnavailable>, Refuses<CardNotFound>, Refuses<CardNotActive>, Refuses<PinBlockInvalid>, Refuses<WrongPin>]
    [Refuses<NotRegistered>, Refuses<LoginBusy>, Refuses<CodeUsed>, Refuses<CodeExpired>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/password/changes/by-card")] HttpRequest request) =>
        request.ReadBody<PasswordByCardRequest>()
            .Then(body => body.ToOrder(request).Then(order => (Body: body, Order: order)))
            .Then(it => change.RunAsync(it.Order, it.Body.CurrentPassword, it.Body.CardId, it.Body.PinBlock, request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(new PasswordChangedResponse(user.PasswordSetAt)));
}

public sealed record PasswordByCardRequest(
    [property: MinLength(1), MaxLength(64), Description("Of `GET /api/v1/password/cards`."), Example("crd_7d1e")] string CardId,
    [property: MinLength(1), MaxLength(2000), Pattern(@"[A-Za-z0-9_.-]+"), Description("A compact JWE over the PIN, as for a registration."), Example("eyJhbGciOiJFQ0RILUVTIn0..aXY.Y2lwaGVydGV4dA.dGFn")] string PinBlock,
    [property: MinLength(1), MaxLength(128), Example("Vera2026x")] string CurrentPassword,
    [property: MaxLength(128), Description("8 to 16 letters A to Z and digits."), Example("Vera2026y")] string NewPassword,
    [property: MaxLength(128), Description("The same once more."), Example("Vera2026y")] string NewPasswordAgain)
{
    internal Result<PasswordOrder> ToOrder(HttpRequest request) => PasswordOrders.Of(request, NewPassword, NewPasswordAgain);

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(PasswordByCardRequest);
}
