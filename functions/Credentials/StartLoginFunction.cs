using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Serverless.Banking;
using Serverless.Banking.Channels;
using Serverless.Banking.Credentials;
using Serverless.Banking.Devices;
using Serverless.Banking.Sessions;
using Serverless.Functions.Devices;
using Serverless.Functions.Http;

namespace Serverless.Functions.Credentials;

public sealed class StartLoginFunction(StartLogin start)
{
    [Function("Credentials_StartLogin")]
    [Access(Right.Public)]
    [LimitsAddress(AddressUse.Begin)]
    [Summary("First step of a login: identifier and password.", Details = "Nobody learns whether an identifier exists: an unknown user, a client who is not registered and a wrong password are answered, counted and locked alike.")]
    [Body<StartLoginRequest>]
    [Answers<LoginStartedResponse>]
    [Refuses<UserBlocked>, Refuses<UserLocked>, Refuses<LoginBusy>, Refuses<InvalidCredentials>]
    [Refuses<ChannelBlocked>, Refuses<ChannelNotVerified>, Refuses<PasswordSignInRequired>, Refuses<MobileMissing>, Refuses<ChallengeCancelled>]
    public Task<IResult> RunAsync([HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "public/v1/login")] HttpRequest request) =>
        request.ReadBody<StartLoginRequest>()
            .Then(body => body.ToLogin())
            .Then(login => start.RunAsync(login, request.HttpContext.RequestAborted))
            .Respond(started => TypedResults.Ok(LoginStartedResponse.From(started)));
}

public enum LoginChannel
{
    App,

    /// <summary>The Internet Branch.</summary>
    Web,
}

public sealed record StartLoginRequest(
    [property: MaxLength(20), Description("Customer number (nine digits) or personal number (letter, eight digits, letter)."), Example("100000001")] string Identifier,
    [property: MaxLength(128), Example("Vera2026x")] string Password,
    [property: Description("web is the Internet Branch, and then the installation is a browser.")] LoginChannel Channel,
    InstallationDto Installation,
    [property: Description("Keep the customer number on this installation.")] bool? RememberMe = null,
    [property: MaxLength(40), Description("Where the device is, when the customer shares it: latitude, comma, longitude in degrees."), Example("41.3275,19.8187")] string? Location = null,
    [property: Description("smart_pay opens the QR-pay menu only.")] SessionScope Scope = SessionScope.Full)
{
    internal Result<PasswordLogin> ToLogin()
    {
        var input = new Input();
        var identifier = input.Take(LoginIdentifier.Parse(Identifier, "/identifier"));
        var installation = input.Take(Installation.ToInstallation("/installation"));
        input.Check((Channel == LoginChannel.Web) == (Installation.Type == InstallationType.Web), () => new ChannelMismatch("/channel"));
        return input.Result(() => new PasswordLogin(identifier, Password, Channel == LoginChannel.App ? SessionChannel.App : SessionChannel.Web, installation)
        {
            Scope = Scope,
            RemembersCustomer = RememberMe,
            Place = Place.Find(Location),
        });
    }
}

/// <summary>A browser signs in to the Internet Branch, a phone to the app.</summary>
public sealed record ChannelMismatch(string Field) : Invalid("channel_mismatch", Field);
