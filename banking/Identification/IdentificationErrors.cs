namespace Serverless.Banking.Identification;

/// <summary>No such session, or it was erased.</summary>

/// <summary>The session has no such picture, or it is not here yet.</summary>
public sealed record EvidenceNotFound() : NotFound("evidence_not_found");
