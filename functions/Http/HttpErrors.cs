using Serverless.Banking;

namespace Serverless.Functions.Http;

/// <summary>A failure that exists only because the caller speaks HTTP; the rest are <see cref="Error"/>s of the bank.</summary>
/// <param name="Status">The answer's status code.</param>
public abstract record HttpError(string Code, int Status) : Error(Code);

public sealed record BodyMissing() : HttpError("body_missing", 400);

/// <summary>Not JSON: bad syntax, text after the document, a comment, bytes that are not UTF-8.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Column">Byte in the line, from 1.</param>
public sealed record MalformedJson(long Line, long Column) : HttpError("malformed_json", 400);

public sealed record JsonTooDeep(int MaxDepth) : HttpError("json_too_deep", 400);

/// <summary>The request broke off, came too slowly or broke the rules of HTTP itself.</summary>
public sealed record MalformedRequest() : HttpError("malformed_request", 400);

public sealed record BodyTooLarge(int MaxBytes) : HttpError("body_too_large", 413);

public sealed record UnsupportedMediaType(string Expected) : HttpError("unsupported_media_type", 415);

public sealed record MethodNotAllowed(IReadOnlyList<string> Allowed) : HttpError("method_not_allowed", 405);

public sealed record RouteNotFound() : HttpError("route_not_found", 404);

public sealed record TokenMissing() : Unauthenticated("token_missing");

public sealed record TokenInvalid() : Unauthenticated("token_invalid");

public sealed record TokenExpired() : Unauthenticated("token_expired");

/// <summary>A bug. The log has the exception under the answer's trace id.</summary>
public sealed record InternalError() : HttpError("internal_error", 500);

public sealed record StorageUnavailable() : Unavailable("storage_unavailable");

/// <summary>Another part of the bank did not answer in time.</summary>
public sealed record ServiceUnavailable() : Unavailable("service_unavailable");

/// <summary>Nobody can tell now whether a token is good: the issuer's keys cannot be had.</summary>
public sealed record IssuerUnavailable() : Unavailable("issuer_unavailable");

/// <summary>There is more to do than the bank can, and this can wait. Nothing was done; the same request, with the same key, is taken later.</summary>
/// <param name="RetryAfterSeconds">Not the same for everybody, so that not all come back at once.</param>
public sealed record BankBusy(int RetryAfterSeconds) : Unavailable("bank_busy");
