using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class CreatePasswordFunction(CreateEKlikPassword create)
{
    [Function("EKlik_CreatePassword")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.GoOn)]
    [Summary("Takes the user's own password after a right activation code, and signs the user in.",
        Details = "At least 8 characters with a capital, another letter of either case, a digit and a symbol; every rule that is not met is named. The session may look only: to pay, "
            + "a user with payment right signs in with a one-time password.")]
    [Body<CreateEKlikPasswordRequest>, Idempotent]
    [Answers<EKlikSignedInResponse>]
    [Refuses<ActivationOver>, Refuses<EKlikUserBlocked>, Refuses<LoginBusy>, Refuses<IdempotencyKeyReused>]
    [Refuses<SessionEnded>, Refuses<SessionReplaced>, Refuses<SessionIdle>, Refuses<SessionExpired>, Refuses<SessionPasswordChanged>, Refuses<SessionLocked>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/eklik/activations/password")] HttpRequest request) =>
        request.ReadBody<CreateEKlikPasswordRequest>()
            .Then(body => body.ToChoice(request.IdempotencyKey()))
            .Then(choice => create.RunAsync(choice, request.HttpContext.RequestAborted))
            .Respond(signedIn => TypedResults.Ok(EKlikSignedInResponse.From(signedIn)));
}

public sealed record CreateEKlikPasswordRequest(
    [property: Pattern(UserNames.Pattern), Example("arta.hoxha")] string UserName,
    [property: MaxLength(100), Example("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU")] string ActivationToken,
    [property: MaxLength(EKlikPasswordRules.LengthAtMost), Example("Dielli-2027")] string Password,
    [property: MaxLength(EKlikPasswordRules.LengthAtMost), Description("The same once more."), Example("Dielli-2027")] string PasswordAgain,
    BrowserDto Browser)
{
    internal Result<EKlikPasswordChoice> ToChoice(IdempotencyKey key)
    {
        var input = new Input();
        var name = input.Take(UserNames.Read(UserName, "/userName"));
        input.Check(Password == PasswordAgain, () => new PasswordsDiffer("/passwordAgain"));
        return input.Result(() => new EKlikPasswordChoice(key, name, ActivationToken, Password, "/password", Browser.ToInstallation()));
    }

    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(CreateEKlikPasswordRequest);
}
