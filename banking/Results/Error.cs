namespace Serverless.Banking;

/// <summary>
/// A failure that a customer or a partner can cause. A bug or an outage throws instead.
/// </summary>
/// <param name="Code">Stable, snake_case; clients branch on it. Words for people live in the message catalogue under this code.</param>
/// <remarks>
/// Public properties of a derived record are the facts of the failure: they become members of the problem document and
/// fill the placeholders of the message (<c>{missing}</c> for a property <c>Missing</c>).
/// </remarks>
public abstract record Error(string Code);

/// <summary>Malformed or missing input: HTTP 400. Several may be reported together, see <see cref="InvalidInput"/>.</summary>
/// <param name="Field">JSON pointer into the body (<c>/amount/currency</c>), or a query, header or route name.</param>
public abstract record Invalid(string Code, string Field) : Error(Code);

/// <summary>Every fault of one input, so that the caller can mend them at once: HTTP 400.</summary>
public sealed record InvalidInput(IReadOnlyList<Invalid> Faults) : Error("invalid_input");

/// <summary>Unknown, or somebody else's, which a stranger cannot tell apart: HTTP 404.</summary>
public abstract record NotFound(string Code) : Error(Code);

/// <summary>The state of the thing does not allow it now: HTTP 409.</summary>
public abstract record Conflict(string Code) : Error(Code);

/// <summary>A business rule says no: HTTP 422.</summary>
public abstract record Refused(string Code) : Error(Code);

/// <summary>The caller did not prove, or no longer proves, who they are: HTTP 401.</summary>
public abstract record Unauthenticated(string Code) : Error(Code);

/// <summary>The caller is known and has no right to this operation: HTTP 403.</summary>
public abstract record Forbidden(string Code) : Error(Code);

/// <summary>An outside party needed for the answer does not answer: HTTP 503, with Retry-After.</summary>
public abstract record Unavailable(string Code) : Error(Code);
