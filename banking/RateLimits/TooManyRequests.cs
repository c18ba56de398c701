namespace Serverless.Banking;

/// <summary>Asked too often; HTTP 429 with Retry-After.</summary>
public sealed record TooManyRequests(int RetryAfterSeconds) : Error("too_many_requests");
