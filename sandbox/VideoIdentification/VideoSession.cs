using System.Text.Json.Serialization;

namespace Serverless.Sandbox.VideoIdentification;

/// <param name="Token">Part of the capture page's address; who has it may be filmed. Never told to anybody but the bank.</param>
/// <param name="Result">Null until the session is completed.</param>
internal sealed record VideoSession(
    string SessionId, DocumentType DocumentType, string Language, bool ImprovementConsent, string Token, DateTimeOffset ExpiresAt, SessionStatus Status, VideoResult? Result)
{
    /// <summary>Neither finished nor given up.</summary>
    public bool IsOpen => Status is SessionStatus.Open or SessionStatus.Started;
}

internal enum DocumentType
{
    [JsonStringEnumMemberName("identity_card")]
    IdentityCard,
    Passport,
}

internal enum SessionStatus
{
    Open,

    /// <summary>Somebody has opened the capture page.</summary>
    Started,
    Completed,
    Expired,
    Cancelled,
}

internal enum Verdict
{
    Approved,
    Rejected,

    /// <summary>A person at the bank has to look.</summary>
    Review,
}

/// <param name="Reasons">Why it is no approval.</param>
/// <param name="Confidence">0 to 1.</param>
/// <param name="Liveness">A living person was in front of the camera.</param>
/// <param name="Document">Null when nothing could be read.</param>
/// <param name="Evidence">Names of what was kept; <c>GET /sessions/{sessionId}/evidence/{name}</c>.</param>
internal sealed record VideoResult(
    string SessionId, Verdict Result, IReadOnlyList<string> Reasons, decimal Confidence, bool Liveness, ReadDocument? Document, IReadOnlyList<string> Evidence,
    DateTimeOffset CompletedAt);

/// <param name="IssuingCountry">ISO 3166-1 alpha-3, as documents say it.</param>
internal sealed record ReadDocument(
    DocumentType Type, string Number, string IssuingCountry, string PersonalNumber, string Surname, string GivenNames, DateOnly BirthDate, DateOnly ExpiresOn);
