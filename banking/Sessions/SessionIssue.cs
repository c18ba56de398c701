using NodaTime;

namespace Serverless.Banking.Sessions;

/// <summary>Makes the tokens of a session as it is now.</summary>
internal sealed class SessionIssue(AccessTokens access, RefreshTokens refresh)
{
    public SessionTokens Tokens(SessionRow row, Instant now) => Tokens(row, row.Generation, now);

    public SessionTokens Tokens(SessionRow row, int generation, Instant now)
    {
        var session = row.ToSession();
        var (text, expiresAt) = access.Write(session, now);
        return new SessionTokens(session.Id, text, expiresAt, refresh.Write(session.Customer, session.Id, generation, row.Salt), session.EndsAt);
    }
}
