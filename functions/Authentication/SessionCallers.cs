using Serverless.Banking;
using Serverless.Banking.Sessions;
using Serverless.Functions.Http;

namespace Serverless.Functions.Authentication;

/// <summary>Customers who call with an access token of the bank. The token says which session; everything else is read from its row, at every call.</summary>
internal sealed class SessionCallers(AccessTokens tokens, CheckSession check, FindSession find)
{
    /// <summary>Null for what is no token of the bank.</summary>
    public AccessClaims? Find(string text) => tokens.Find(text);

    /// <returns>The caller; or <see cref="TokenExpired"/>, or why the session is over.</returns>
    public async Task<Result<Caller>> ReadAsync(AccessClaims token, AccessAttribute access, CancellationToken cancellation)
    {
        if (token.IsExpired)
            return new TokenExpired();
        if (access.AlsoEnded)
            return await find.RunAsync(token.Customer, token.Session, cancellation) is { } any ? Caller(any) : new SessionEnded();
        return (await check.RunAsync(token, cancellation)).Then<Caller>(session => Caller(session));
    }

    private static CustomerCaller Caller(Session session) => new(session.Customer, session.MayPay)
    {
        Name = session.Name,
        Session = session.Id,
        Installation = session.Installation,
        InstallationKey = session.InstallationKey,
        DeviceTrusted = session.DeviceTrusted,
        Channel = session.Channel,
        User = session.User,
        Scope = session.Scope,
    };
}
