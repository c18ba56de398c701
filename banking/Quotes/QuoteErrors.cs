using NodaTime;

namespace Serverless.Banking;

/// <summary>Unknown, altered, or somebody else's.</summary>
public sealed record QuoteNotFound() : NotFound("quote_not_found");

/// <summary>Ask for a new quote.</summary>
public sealed record QuoteExpired(Instant ExpiredAt) : Conflict("quote_expired");
