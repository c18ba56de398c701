using System.ComponentModel;
using NodaTime;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;

namespace Serverless.Functions.Sessions;

[Description("What a client calls with. Keep the refresh token where only the app can read it; throw the former one away.")]
public sealed record SessionTokensResponse(
    string SessionId,
    [property: Description("For `Authorization: Bearer`."), Example("eyJhbGciOiJFUzI1NiJ9.e30.c2ln")] string AccessToken,
    Instant AccessExpiresAt,
    [property: Description("Good for one refresh.")] string RefreshToken,
    [property: Description("The end of the session, whatever is done in it.")] Instant RefreshExpiresAt)
{
    public static SessionTokensResponse From(SessionTokens tokens) =>
        new(tokens.SessionId.Value, tokens.AccessToken, tokens.AccessExpiresAt, tokens.RefreshToken, tokens.RefreshExpiresAt);

    /// <summary>Only which, so that no log line has a token.</summary>
    public override string ToString() => $"tokens of {SessionId}";
}
