using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class ResetPasswordFunction(ResetEKlikPassword reset)
{
    [Function("EKlik_ResetPassword")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Sets another password of eKlik by a link that was opened.", Details = "The rule is that of the first password. The user's sessions end; sign in with it.")]
    [Body<ResetPasswordRequest>, Idempotent]
    [Answers<PasswordResetResponse>]
    [Refuses<ResetLinkUnknown>, Refuses<EKlikUserBlocked>, Refuses<ResetLinkUsed>, Refuses<ResetLinkExpired>, Refuses<ResetLinkNotOpened>]
    [Refuses<LoginBusy>, Refuses<IdempotencyKeyReused>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/eklik/password-resets/password")] HttpRequest request) =>
        request.ReadBody<ResetPasswordRequest>()
            .Then(body => body.Check())
            .Then(body => reset.RunAsync(body.Link, request.IdempotencyKey(), body.Password, "/password", request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(new PasswordResetResponse(user.Name.Value)));
}

public sealed record ResetPasswordRequest(
    [property: MaxLength(200), Example("arta.hoxha.f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")] string Link,
    [property: MaxLength(EKlikPasswordRules.LengthAtMost), Example("Dielli-2027")] string Password,
    [property: MaxLength(EKlikPasswordRules.LengthAtMost), Description("The same once more."), Example("Dielli-2027")] string PasswordAgain)
{
    internal Result<ResetPasswordRequest> Check() => Password == PasswordAgain ? this : new InvalidInput([new PasswordsDiffer("/passwordAgain")]);

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(ResetPasswordRequest);
}

public sealed record PasswordResetResponse([property: Example("arta.hoxha")] string UserName);
