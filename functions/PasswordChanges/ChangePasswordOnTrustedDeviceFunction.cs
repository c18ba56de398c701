using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.PasswordChanges;
using Serverless.Functions.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.PasswordChanges;

public sealed class ChangePasswordOnTrustedDeviceFunction(ChangePasswordOnTrustedDevice change)
{
    [Function("PasswordChanges_OnTrustedDevice")]
    [Access(Right.Info)]
    [NotConfirmed("The trusted device signs the order itself.")]
    [Summary("Changes the password on a trusted device: no PIN and no present password, the device signs.", Details = "Every other session ends.")]
    [Body<PasswordOnTrustedDeviceRequest>, Idempotent]
    [Answers<PasswordChangedResponse>]
    [Refuses<DeviceNotTrusted>, Refuses<NonceInvalid>, Refuses<NonceExpired>, Refuses<BadSignature>, Refuses<NonceUsed>]
    [Refuses<NotRegistered>, Refuses<LoginBusy>, Refuses<CodeUsed>, Refuses<CodeExpired>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/password/changes/on-trusted-device")] HttpRequest request) =>
        request.ReadBody<PasswordOnTrustedDeviceRequest>()
            .Then(body => body.ToOrder(request).Then(order => (Body: body, Order: order)))
            .Then(it => change.RunAsync(it.Order, request.CustomerCaller().Installation, it.Body.Proof.Of(request.CustomerCaller().Installation), request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(new PasswordChangedResponse(user.PasswordSetAt)));
}

public sealed record PasswordOnTrustedDeviceRequest(
    [property: MaxLength(128), Description("8 to 16 letters A to Z and digits."), Example("Vera2026y")] string NewPassword,
    [property: MaxLength(128), Description("The same once more."), Example("Vera2026y")] string NewPasswordAgain,
    [property: Description("Over a nonce for change_password.")] DeviceProofDto Proof)
{
    internal Result<PasswordOrder> ToOrder(HttpRequest request) => PasswordOrders.Of(request, NewPassword, NewPasswordAgain);

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(PasswordOnTrustedDeviceRequest);
}
