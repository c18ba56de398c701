using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class SignInFunction(SignInToEKlik signIn)
{
    [Function("EKlik_SignIn")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("Signs a user of eKlik in: by password, and with payment right by a one-time password of the token besides.",
        Details = "Nobody learns whether a name exists: unknown names and wrong passwords are answered and counted alike; the fifth in a row blocks the user. "
            + "Of the token only who knows the password hears; the fifth wrong one-time password in a row blocks it. A one-time password is good for a minute, once.")]
    [Body<EKlikSignInRequest>]
    [Answers<EKlikSignedInResponse>]
    [Refuses<EKlikUserBlocked>, Refuses<LoginBusy>, Refuses<EKlikCredentialsInvalid>]
    [Refuses<NoTokenYet>, Refuses<TokenBlocked>, Refuses<TokenOtpRequired>, Refuses<TokenOtpOld>, Refuses<TokenOtpWrong>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/eklik/login")] HttpRequest request) =>
        request.ReadBody<EKlikSignInRequest>()
            .Then(body => UserNames.Read(body.UserName, "/userName").Then(name => new EKlikSignIn(name, body.Password, body.Otp, body.Browser.ToInstallation())))
            .Then(order => signIn.RunAsync(order, request.HttpContext.RequestAborted))
            .Respond(signedIn => TypedResults.Ok(EKlikSignedInResponse.From(signedIn)));
}

public sealed record EKlikSignInRequest(
    [property: Pattern(UserNames.Pattern), Example("arta.hoxha")] string UserName,
    [property: MaxLength(EKlikPasswordRules.LengthAtMost), Example("Dielli-2027")] string Password,
    BrowserDto Browser,
    [property: Pattern("[0-9]{6}"), Description("What the mToken or the hardware token shows; for a user with payment right."), Example("048213")] string? Otp = null)
{
    /// <summary>Says nothing.</summary>
    public override string ToString() => nameof(EKlikSignInRequest);
}
