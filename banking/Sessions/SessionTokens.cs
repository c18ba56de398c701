using NodaTime;

namespace Serverless.Banking.Sessions;

/// <summary>What a client needs to call as its customer. Secrets: for the client and nobody else.</summary>
/// <param name="AccessToken">A JWT for <c>Authorization: Bearer</c>, minutes long.</param>
/// <param name="RefreshToken">Opaque; good for one exchange (<see cref="RefreshSession"/>).</param>
/// <param name="RefreshExpiresAt">The end of the session, whatever is done in it.</param>
public sealed record SessionTokens(SessionId SessionId, string AccessToken, Instant AccessExpiresAt, string RefreshToken, Instant RefreshExpiresAt)
{
    /// <summary>Only which, so that no log line has a token.</summary>
    public override string ToString() => $"tokens of {SessionId}";
}
