using NodaTime;

namespace Serverless.Banking.Documents;

/// <summary>No link of this bank, or altered.</summary>
public sealed record LinkNotFound() : NotFound("link_not_found");

/// <summary>Ask for a new one where the link came from.</summary>
public sealed record LinkExpired(Instant ExpiredAt) : Conflict("link_expired");

/// <summary>What the link names is not there (any more).</summary>
public sealed record DocumentNotFound() : NotFound("document_not_found");
