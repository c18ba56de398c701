using Microsoft.Extensions.Options;
using NodaTime;

namespace Serverless.Banking.Sessions;

/// <summary>Says at every call of a customer whether the session is still good, and notes that something was done in it.</summary>
/// <remarks>
/// One point read, never remembered: that is why a session ends at once and on every instance. The note is written beside the operation, nobody waits for it,
/// and only when the last one is <see cref="SessionsOptions.ActivitySeconds"/> old. See docs/adr/0015-sessions.md.
/// </remarks>
public sealed class CheckSession
{
    private readonly SessionTable table;
    private readonly SessionRules rules;
    private readonly LaterWork later;
    private readonly SessionsOptions options;
    private readonly TimeProvider time;

    internal CheckSession(SessionTable table, SessionRules rules, LaterWork later, IOptions<SessionsOptions> options, TimeProvider time) =>
        (this.table, this.rules, this.later, this.options, this.time) = (table, rules, later, options.Value, time);

    /// <returns>The session. Or why it is over: an <see cref="Unauthenticated"/>, or <see cref="Channels.ChannelBlocked"/>.</returns>
    public async Task<Result<Session>> RunAsync(AccessClaims token, CancellationToken cancellation)
    {
        if (await table.FindAsync(token.Customer, token.Session, cancellation) is not { } row)
            return new SessionEnded();
        var session = row.ToSession();
        var now = Instant.FromDateTimeOffset(time.GetUtcNow());
        if (rules.Refuse(session, now) is { } over)
            return over;
        if (now - session.LastActivityAt >= Duration.FromSeconds(options.ActivitySeconds))
            later.Start("A session's activity", () => table.TryMergeAsync(row.Active(now), null, CancellationToken.None));
        return session;
    }
}
