using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using NodaTime;
using Serverless.Banking.Devices;
using Serverless.Banking.EKlik;
using Serverless.Functions.Http;
using Serverless.Functions.Sessions;

namespace Serverless.Functions.EKlik;

[Description("A user of eKlik, as staff see it.")]
public sealed record EKlikUserResponse(
    [property: Example("arta.hoxha")] string UserName,
    [property: Example("100000001")] string CustomerNumber,
    [property: Description("info may look; payment may pay.")] EKlikKind Kind,
    EKlikState State,
    [property: Description("Why a blocked user is; null for others.")] EKlikBlocking? Blocking,
    [property: Description("Null for info users, and while there is none.")] EKlikTokenKind? Token,
    Instant CreatedAt)
{
    public static EKlikUserResponse From(EKlikUser user) => new(user.Name.Value, user.Customer.Value, user.Kind, user.State, user.Blocking, user.Token, user.CreatedAt);
}

public sealed record ActivationCodeResponse(
    EKlikUserResponse User,
    CodeDelivery Delivery,
    [property: Description("For the officer who hands it over; null where it was sent."), Example("K7RW2MXQ")] string? ActivationCode,
    [property: Description("Where it went, masked; null at the branch."), Example("+355…001")] string? SentTo,
    [property: Description("Seven days after it was issued.")] Instant ExpiresAt)
{
    public static ActivationCodeResponse From(ActivationCodeIssued issued) =>
        new(EKlikUserResponse.From(issued.User), issued.Delivery, issued.Code, issued.SentTo, issued.ExpiresAt);

    /// <summary>Without the code.</summary>
    public override string ToString() => nameof(ActivationCodeResponse);
}

public sealed record EKlikSignedInResponse(
    [property: Example("arta.hoxha")] string UserName,
    [property: Example("100000001")] string CustomerNumber,
    EKlikKind Kind,
    [property: Description("Whether this session may pay: a user with payment right who has shown a one-time password.")] bool MayPay,
    SessionTokensResponse Session)
{
    public static EKlikSignedInResponse From(EKlikSignedIn signedIn) =>
        new(signedIn.User.Name.Value, signedIn.User.Customer.Value, signedIn.User.Kind, signedIn.MayPay, SessionTokensResponse.From(signedIn.Tokens));
}

[Description("The browser in which a user signs in.")]
public sealed record BrowserDto(
    [property: Pattern(InstallationId.Pattern), Description("Made at random and kept by the page; each refresh of the session names it."), Example("3f1c2a9e-7b8d-4c5e-9f10-2a3b4c5d6e7f")] string Id,
    [property: MaxLength(Installation.NameAtMost), Example("Firefox")] string Name)
{
    internal Installation ToInstallation() => new(InstallationId.Of(Id), Name, InstallationType.Web, null);
}
