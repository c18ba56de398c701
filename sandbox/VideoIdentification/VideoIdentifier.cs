using System.Security.Cryptography;
using Serverless.Sandbox.Clock;
using Serverless.Sandbox.Knobs;
using Serverless.Sandbox.Webhooks;

namespace Serverless.Sandbox.VideoIdentification;

/// <summary>Films people with their documents, and tells the bank what came of it. Every method is one step under one lock.</summary>
internal sealed class VideoIdentifier(SandboxClock clock, Schedule schedule, WebhookSender webhooks)
{
    public const string Id = "video-kyc";

    /// <summary>Public, for one machine only.</summary>
    public const string PublicSecret = "whsec_c2FuZGJveCBvbmx5LCB2aWRlby1reWMuLi4uLi4uLi4=";

    public const string Started = "identification.started", Completed = "identification.completed", Expired = "identification.expired";

    private static readonly TimeSpan Life = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly OrderedDictionary<string, VideoSession> sessions = new(StringComparer.Ordinal);

    /// <summary>Opened once, however often it is asked for.</summary>
    /// <returns>Null when the id was used for another session.</returns>
    public (VideoSession Session, bool IsNew)? Open(Party party, string sessionId, DocumentType type, string language, bool improvementConsent)
    {
        VideoSession session;
        lock (gate)
        {
            if (sessions.TryGetValue(sessionId, out var known))
            {
                return (known.DocumentType, known.Language, known.ImprovementConsent) == (type, language, improvementConsent) ? (known, false) : null;
            }

            var token = RandomNumberGenerator.GetHexString(32, lowercase: true);
            session = sessions[sessionId] = new VideoSession(sessionId, type, language, improvementConsent, token, clock.Now + Life, SessionStatus.Open, null);
        }

        schedule.At(session.ExpiresAt, _ =>
        {
            if (Become(sessionId, SessionStatus.Expired) is not null)
            {
                webhooks.Send(party, Expired, new { sessionId });
            }

            return Task.CompletedTask;
        });
        return (session, true);
    }

    public VideoSession? Find(string sessionId)
    {
        lock (gate)
        {
            return sessions.GetValueOrDefault(sessionId);
        }
    }

    public VideoSession? FindByToken(string token)
    {
        lock (gate)
        {
            return sessions.Values.FirstOrDefault(session => session.Token == token);
        }
    }

    /// <summary>Oldest first.</summary>
    public IReadOnlyList<VideoSession> All()
    {
        lock (gate)
        {
            return [.. sessions.Values];
        }
    }

    /// <returns>Null when it was over already.</returns>
    public VideoSession? Cancel(string sessionId) => Become(sessionId, SessionStatus.Cancelled);

    /// <summary>Somebody looks at the capture page: told once.</summary>
    public void Start(Party party, VideoSession session)
    {
        // Out of order, it is told after the result.
        if (session.Status == SessionStatus.Open && Become(session.SessionId, SessionStatus.Started) is not null && !party.Knobs.OutOfOrder)
        {
            webhooks.Send(party, Started, new { session.SessionId });
        }
    }

    /// <summary>What was filmed; the bank is told at once, or as long afterwards as the knobs say.</summary>
    /// <returns>The session as it is now; null when it was over already.</returns>
    public VideoSession? Capture(Party party, Mood mood, VideoSession session, VideoOutcome outcome, ReadDocument document)
    {
        Start(party, session);
        if (VideoOutcomes.ResultOf(session, outcome, document, clock.Today, clock.Now) is not { } result)
        {
            return Find(session.SessionId) is { IsOpen: true } left ? left : null;
        }

        if (Become(session.SessionId, SessionStatus.Completed, result) is not { } completed)
        {
            return null;
        }

        if (!mood.IsPending || mood.SettleAfter is not null)
        {
            schedule.At(clock.Now + (mood.IsPending ? mood.SettleAfter!.Value : TimeSpan.Zero), _ => TellAsync(party, result));
        }

        return completed;
    }

    public void Reset()
    {
        lock (gate)
        {
            sessions.Clear();
        }
    }

    private Task TellAsync(Party party, VideoResult result)
    {
        webhooks.Send(party, Completed, result);
        if (party.Knobs.OutOfOrder)
        {
            schedule.At(clock.Now + Moment, _ =>
            {
                webhooks.Send(party, Started, new { result.SessionId });
                return Task.CompletedTask;
            });
        }

        return Task.CompletedTask;
    }

    private VideoSession? Become(string sessionId, SessionStatus status, VideoResult? result = null)
    {
        lock (gate)
        {
            return sessions.TryGetValue(sessionId, out var session) && session.IsOpen
                ? sessions[sessionId] = session with { Status = status, Result = result }
                : null;
        }
    }
}
