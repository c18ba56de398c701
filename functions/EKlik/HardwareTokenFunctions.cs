using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Credentials;
using Serverless.Banking.EKlik;
using Serverless.Functions.Audit;
using Serverless.Functions.Http;

namespace Serverless.Functions.EKlik;

public sealed class RegisterTokenFunction(RegisterHardwareToken register)
{
    [Function("EKlik_RegisterToken")]
    [Access(Right.Staff, Roles = [Role.Administrator])]
    [Summary("Takes a hardware token into the bank's drawer, with the secret that its maker delivered.", Details = "A time-based token of RFC 6238: six digits, steps of 30 seconds. The same again gives the same answer.")]
    [Body<RegisterTokenRequest>]
    [Answers<HardwareTokenResponse>]
    [Refuses<SerialNumberMalformed>, Refuses<HardwareTokenKnown>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/eklik/tokens/{serial}")] HttpRequest request, string serial) =>
        request.ReadBody<RegisterTokenRequest>()
            .Then(body => SerialNumbers.Read(serial).Then(number => new HardwareTokenSeed(number, body.Algorithm, Convert.FromHexString(body.Secret))))
            .Then(async seed => (await register.RunAsync(seed, request.StaffActor(), request.HttpContext.RequestAborted))
                .Then(isFree => new HardwareTokenResponse(seed.Serial, seed.Algorithm, isFree)))
            .Respond(token => TypedResults.Ok(token));
}

public sealed record RegisterTokenRequest(
    [property: Description("With which hash the token computes; sha1 is that of most.")] OtpAlgorithm Algorithm,
    [property: Pattern("([0-9A-Fa-f]{2}){16,64}"), MinLength(32), MaxLength(128), Description("Hexadecimal digits."), Example("3132333435363738393031323334353637383930")] string Secret)
{
    /// <summary>Without the secret.</summary>
    public override string ToString() => nameof(RegisterTokenRequest);
}

public sealed record HardwareTokenResponse(
    [property: Example("NLB-0012345")] string Serial, OtpAlgorithm Algorithm, [property: Description("It lies in the drawer; false: it is a user's.")] bool Free);

public sealed class AssignTokenFunction(AssignHardwareToken assign)
{
    [Function("EKlik_AssignToken")]
    [Access(Right.Staff, Roles = [Role.Branch])]
    [Summary("Gives a user with payment right a hardware token.", Details = "An mToken stops at once. A token belongs to one user for ever. The same again gives the same answer.")]
    [Body<AssignTokenRequest>]
    [Answers<EKlikUserResponse>]
    [Refuses<UserNameMalformed>, Refuses<ClientNotPresent>, Refuses<EKlikUserNotFound>, Refuses<TokenForPaymentUsers>, Refuses<EKlikUserBlocked>]
    [Refuses<HardwareTokenNotFound>, Refuses<HardwareTokenTaken>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "backoffice/v1/eklik/users/{userName}/hardware-token")] HttpRequest request, string userName) =>
        request.ReadBody<AssignTokenRequest>()
            .Then(body => UserNames.Read(userName).Then(name => (Name: name, body.Serial, body.ClientPresent)))
            .Then(order => assign.RunAsync(order.Name, order.Serial, order.ClientPresent, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(EKlikUserResponse.From(user)));
}

public sealed record AssignTokenRequest(
    [property: Pattern(SerialNumbers.Pattern), Example("NLB-0012345")] string Serial,
    [property: Description("The officer confirms that the client stands at the counter and has shown who he is.")] bool ClientPresent);

public sealed class SynchroniseTokenFunction(SynchroniseHardwareToken synchronise)
{
    [Function("EKlik_SynchroniseToken")]
    [Access(Right.Staff, Roles = [Role.ContactCentre])]
    [Summary("Synchronises a hardware token by two codes that it has shown one after the other, and lifts its block.",
        Details = "The token's clock may be a day from the bank's. Ten tries an hour. The codes are used up.")]
    [Body<SynchroniseTokenRequest>, Idempotent]
    [Answers<EKlikUserResponse>]
    [Refuses<SerialNumberMalformed>, Refuses<HardwareTokenNotFound>, Refuses<HardwareTokenNotInUse>, Refuses<TooManyRequests>, Refuses<SynchronisationFailed>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "backoffice/v1/eklik/tokens/{serial}/synchronisation")] HttpRequest request, string serial) =>
        request.ReadBody<SynchroniseTokenRequest>()
            .Then(body => SerialNumbers.Read(serial).Then(number => new TokenSynchronisation(request.IdempotencyKey().Value, number, body.FirstCode, body.SecondCode)))
            .Then(order => synchronise.RunAsync(order, request.StaffActor(), request.HttpContext.RequestAborted))
            .Respond(user => TypedResults.Ok(EKlikUserResponse.From(user)));
}

public sealed record SynchroniseTokenRequest(
    [property: Pattern("[0-9]{6}"), Description("What the token shows."), Example("048213")] string FirstCode,
    [property: Pattern("[0-9]{6}"), Description("What it shows next."), Example("771904")] string SecondCode)
{
    /// <summary>Without the codes.</summary>
    public override string ToString() => nameof(SynchroniseTokenRequest);
}

/// <summary>Not 6 to 20 capital letters, digits and hyphens.</summary>
public sealed record SerialNumberMalformed(string Field) : Invalid("serial_number_malformed", Field);

internal static class SerialNumbers
{
    public const string Pattern = "[A-Z0-9-]{6,20}";

    /// <returns>Or <see cref="SerialNumberMalformed"/>.</returns>
    public static Result<string> Read(string text) =>
        text is { Length: >= 6 and <= 20 } && text.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-') ? text : new SerialNumberMalformed("serial");
}
