using Serverless.Banking.Sessions;

namespace Serverless.Testing;

/// <summary>A customer who has signed in, with the device in hand.</summary>
/// <param name="Signs">The device is a trusted one, with a key.</param>
public sealed record SignedIn(string Number, TestDevice Device, SessionTokens Tokens, bool Signs)
{
    /// <summary>What the mToken of a user of eKlik computes with, so that it can confirm; null for others.</summary>
    public byte[]? OtpKey { get; init; }

    public string Token => Tokens.AccessToken;
}

/// <summary>How a customer of a test signs in.</summary>
/// <param name="Rights"><c>payment</c> or <c>info</c>.</param>
/// <param name="Channel"><c>mobile</c>, <c>web</c>, or null: the app for whoever may pay and has a trusted device, else a browser, of which a customer may use several at a time.</param>
/// <param name="User">For eKlik: the user's name.</param>
public sealed record SignInWish(
    string Number, string Rights = "payment", bool Trusted = true, string? Channel = null, SessionScope Scope = SessionScope.Full, string? User = null)
{
    public SessionChannel Where => Channel switch
    {
        _ when User is not null => SessionChannel.EKlik,
        "mobile" => SessionChannel.App,
        "web" => SessionChannel.Web,
        _ => Trusted && Rights == "payment" ? SessionChannel.App : SessionChannel.Web,
    };
}
