using Serverless.Sandbox.Http;
using Serverless.Sandbox.Knobs;

namespace Serverless.Sandbox.VideoIdentification;

/// <summary>What the provider of video identification says to the bank; docs/partners.md.</summary>
internal static class VideoEndpoints
{
    /// <summary>One grey pixel: the sandbox films nobody.</summary>
    private static readonly byte[] Picture = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==");

    public static void AddVideoIdentification(this IServiceCollection services) => services.AddSingleton<VideoIdentifier>();

    public static void MapVideoIdentification(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<Parties>().Add(VideoIdentifier.Id, "Video identification", PartyKind.VideoIdentifier, VideoIdentifier.PublicSecret);
        var identifier = app.ServiceProvider.GetRequiredService<VideoIdentifier>();
        var address = app.MapParties("/video-identifiers", PartyKind.VideoIdentifier);
        var contract = address.MapContract();

        contract.MapPost("/sessions", (HttpRequest request) => request.ReadAsync<SessionRequest, SessionRequest>(
            (body, faults) =>
            {
                if (body.DocumentType is null)
                    faults.Add("/documentType", "Must be identity_card or passport.");
                if (body.Language is not ("sq" or "en"))
                    faults.Add("/language", "Must be sq or en.");
                return body with { SessionId = faults.Code("/sessionId", body.SessionId, 64) };
            },
            wanted => Mood.Of(request.HttpContext).RefuseWith is { } code ? Answers.Refuse(422, code, "Asked for by refuseWith.")
                : identifier.Open(request.HttpContext.Party(), wanted.SessionId!, wanted.DocumentType!.Value, wanted.Language!, wanted.ImprovementConsent ?? false) is var (session, isNew)
                    ? Answers.Json(isNew ? 201 : 200, Shown(session, request))
                    : Answers.Refuse(409, "session_id_reused", "The session id was used for another session; nothing was changed.")));
        contract.MapGet("/sessions/{sessionId}", (string sessionId, HttpRequest request) =>
            identifier.Find(sessionId) is { } session ? Answers.Json(200, Shown(session, request)) : Unknown());
        contract.MapPost("/sessions/{sessionId}/cancellation", (string sessionId, HttpRequest request) =>
            identifier.Find(sessionId) is not { } known ? Unknown()
            : identifier.Cancel(sessionId) is { } cancelled ? Answers.Json(200, Shown(cancelled, request))
            : known.Status == SessionStatus.Cancelled ? Answers.Json(200, Shown(known, request))
            : Answers.Refuse(409, "session_over", "The session is over; nothing was changed."));
        contract.MapGet("/sessions/{sessionId}/evidence/{name}", (string sessionId, string name) =>
            identifier.Find(sessionId) is not { } session ? Unknown()
            : session.Result?.Evidence.Contains(name) == true ? TypedResults.Bytes(Picture, "image/png")
            : Answers.Refuse(404, "unknown_evidence", "The session has no such evidence."));

        address.MapGet("/sessions", (HttpRequest request) => Answers.Json(200, new { Sessions = identifier.All().Select(session => Shown(session, request)) }));
        address.MapCapturePage(identifier);
    }

    private static IResult Unknown() => Answers.Refuse(404, "unknown_session", "There is no such session.");

    private static SessionResponse Shown(VideoSession session, HttpRequest request) => new(
        session.SessionId, session.Status, $"{request.Scheme}://{request.Host}/video-identifiers/{VideoIdentifier.Id}/captures/{session.Token}", session.ExpiresAt,
        session.Result);

    internal sealed record SessionRequest(string? SessionId, DocumentType? DocumentType, string? Language, bool? ImprovementConsent);

    internal sealed record SessionResponse(string SessionId, SessionStatus Status, string CaptureUrl, DateTimeOffset ExpiresAt, VideoResult? Result);
}
