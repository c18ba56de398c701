using NodaTime;
using Serverless.Banking.Customers;

namespace Serverless.Banking.Identification;

/// <summary>One session in which somebody is filmed with a document (ONB-14, PROD-17).</summary>
/// <param name="Id">The provider's name for it, too.</param>
/// <param name="SubjectKind">Whose outcome it is: the kind of an <see cref="IIdentificationOutcome"/>.</param>
/// <param name="SubjectId">What is being identified for: the application's id.</param>
/// <param name="ImprovementConsent">The provider may use the data to improve its product; refusing blocks nothing.</param>
/// <param name="CaptureUrl">Where the app goes; null until the provider has opened the session.</param>
/// <param name="Timeline">Every state it has been in, oldest first, the last one its present state.</param>
public sealed record VideoSession(
    Guid Id, string SubjectKind, string SubjectId, DocumentType DocumentType, bool ImprovementConsent, Language Language, string? CaptureUrl, Instant ExpiresAt,
    IReadOnlyList<VideoSessionStep> Timeline)
{
    /// <summary>Null until it is completed.</summary>
    public VideoResult? Result { get; init; }

    /// <summary>The pictures lie in the bank's own store.</summary>
    public bool IsEvidenceKept { get; init; }

    public VideoSessionState State => Timeline[^1].State;

    public Instant StartedAt => Timeline[0].At;

    public bool IsOver => State is VideoSessionState.Completed or VideoSessionState.Expired or VideoSessionState.Cancelled;

    internal VideoSession At(VideoSessionState state, Instant at) => this with { Timeline = [.. Timeline, new VideoSessionStep(state, at)] };
}

public sealed record VideoSessionStep(VideoSessionState State, Instant At);

public enum VideoSessionState
{
    /// <summary>Nobody has looked into the camera yet.</summary>
    Open,

    /// <summary>The person is being filmed.</summary>
    Started,

    /// <summary>There is a result. Final.</summary>
    Completed,

    /// <summary>Nobody finished it within its time. Final.</summary>
    Expired,

    /// <summary>Final.</summary>
    Cancelled,
}

public enum DocumentType
{
    IdentityCard,
    Passport,
}

public enum VideoVerdict
{
    Approved,
    Rejected,

    /// <summary>A person at the bank has to look.</summary>
    Review,
}

/// <summary>What came of a session. Whether it is the right person, and old enough, is for whoever asked to say.</summary>
/// <param name="Reasons">Why it is no approval: <c>low_confidence</c>, <c>liveness_failed</c>, <c>document_expired</c>, <c>document_unreadable</c>.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Liveness">A living person was in front of the camera.</param>
/// <param name="Person">Null when nothing could be read.</param>
/// <param name="Evidence">Names of the pictures (<see cref="ReadEvidence"/>).</param>
public sealed record VideoResult(
    VideoVerdict Verdict, IReadOnlyList<string> Reasons, decimal Confidence, bool Liveness, IdentifiedPerson? Person, IReadOnlyList<string> Evidence, Instant CompletedAt);

/// <summary>What the document says.</summary>
/// <param name="IssuingCountry">ISO 3166-1 alpha-3.</param>
/// <param name="PersonalNumber">As written; compare by <see cref="Banking.PersonalNumber"/>.</param>
public sealed record IdentifiedPerson(
    DocumentType DocumentType, string DocumentNumber, string IssuingCountry, string PersonalNumber, string Surname, string GivenNames, LocalDate BirthDate, LocalDate ExpiresOn)
{
    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(IdentifiedPerson);
}
