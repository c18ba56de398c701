namespace Serverless.Banking.Identification;

/// <summary>Goes on with what came of a session. A capability that has people identified registers its own.</summary>
public interface IIdentificationOutcome
{
    /// <summary>In snake_case: <c>onboarding</c>, <c>card_application</c>.</summary>
    string SubjectKind { get; }

    /// <summary>Called when a session has come to its end, at least once, also twice at the same moment and for a session that is not the present one any more.</summary>
    /// <returns>Id of the workflow that has news; null for none.</returns>
    Task<string?> TakeAsync(VideoSession session, CancellationToken cancellation);
}
