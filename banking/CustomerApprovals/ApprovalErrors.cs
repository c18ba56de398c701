using NodaTime;

namespace Serverless.Banking.CustomerApprovals;

/// <summary>Nothing of this id, or somebody else's.</summary>
public sealed record ApprovalNotFound() : NotFound("approval_not_found");

public sealed record ApprovalExpired(Instant ExpiredAt) : Conflict("approval_expired");

/// <summary>It was decided otherwise before.</summary>
public sealed record AlreadyDecided(ApprovalState Decided) : Conflict("already_decided");

/// <summary>There is a newer version than the one that was read.</summary>
public sealed record DocumentChanged(int Version) : Conflict("document_changed");
