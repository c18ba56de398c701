using NodaTime;

namespace Serverless.Banking.RateLimits;

/// <summary>How often one customer may do something.</summary>
/// <param name="Purpose">Names the counter: lower-case letters, digits, hyphens.</param>
/// <param name="Most">In any window of this length, at least 1.</param>
public sealed record RateLimit(string Purpose, int Most, Duration Window);
