using System.Text.Json.Serialization;

namespace Serverless.Sandbox.VideoIdentification;

/// <summary>How a capture goes: what the person in front of the sandbox chooses.</summary>
internal enum VideoOutcome
{
    Verified,

    /// <summary>Readable, but the face may be another's.</summary>
    [JsonStringEnumMemberName("low_confidence")]
    LowConfidence,

    /// <summary>Verified, with another person's document.</summary>
    Mismatch,

    /// <summary>A picture of a picture.</summary>
    [JsonStringEnumMemberName("liveness_failed")]
    LivenessFailed,

    /// <summary>A document that is no longer valid.</summary>
    [JsonStringEnumMemberName("expired_document")]
    ExpiredDocument,

    /// <summary>Nothing could be read.</summary>
    Unreadable,

    /// <summary>The person goes away; the session runs out.</summary>
    Abandoned,
}

internal static class VideoOutcomes
{
    private const decimal High = 0.97m, Low = 0.62m, None = 0.11m;
    private const string AnotherNumber = "F00101999W";

    public static readonly string[] Evidence = ["document-front", "document-back", "face"];

    /// <returns>Null when the person went away.</returns>
    public static VideoResult? ResultOf(VideoSession session, VideoOutcome outcome, ReadDocument document, DateOnly today, DateTimeOffset now)
    {
        return outcome switch
        {
            VideoOutcome.Verified => Is(Verdict.Approved, High, document),
            VideoOutcome.LowConfidence => Is(Verdict.Review, Low, document, "low_confidence"),
            VideoOutcome.Mismatch => Is(Verdict.Approved, High, document with { PersonalNumber = AnotherNumber }),
            VideoOutcome.LivenessFailed => Is(Verdict.Rejected, None, document, "liveness_failed") with { Liveness = false },
            VideoOutcome.ExpiredDocument => Is(Verdict.Rejected, High, document with { ExpiresOn = today.AddDays(-1) }, "document_expired"),
            VideoOutcome.Unreadable => Is(Verdict.Rejected, None, null, "document_unreadable"),
            _ => null,
        };

        VideoResult Is(Verdict verdict, decimal confidence, ReadDocument? read, params string[] reasons) =>
            new(session.SessionId, verdict, reasons, confidence, Liveness: true, read, Evidence, now);
    }
}
