using Microsoft.Extensions.Options;
using NodaTime;
using Serverless.Banking.Channels;

namespace Serverless.Banking.Sessions;

/// <summary>When a session is good.</summary>
internal sealed class SessionRules(IOptions<SessionsOptions> options)
{
    /// <returns>Null while it is good now.</returns>
    public SessionEnding? EndingOf(Session session, Instant now) =>
        session.Ending is { } stored ? stored
        : now >= session.EndsAt ? SessionEnding.Expired
        : now - session.LastActivityAt > options.Value.IdleOf(session.Channel) ? SessionEnding.Idle
        : null;

    /// <returns>Null while it is good now. <see cref="Channels.ChannelBlocked"/> is no 401: signing in again would not help.</returns>
    public Error? Refuse(Session session, Instant now) => EndingOf(session, now) switch
    {
        null => null,
        SessionEnding.PasswordChanged => new SessionPasswordChanged(),
        SessionEnding.DeviceRemoved => new SessionDeviceRemoved(),
        SessionEnding.ChannelBlocked => new ChannelBlocked(),
        SessionEnding.Replaced => new SessionReplaced(),
        SessionEnding.RefreshReused => new SessionRefreshReused(),
        SessionEnding.Idle => new SessionIdle(),
        SessionEnding.Expired => new SessionExpired(),
        SessionEnding.LockedByStaff => new SessionLocked(),
        _ => new SessionEnded(),
    };
}
