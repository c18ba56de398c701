namespace Serverless.Banking.Confirmations;

/// <summary>Nothing was done: the customer's factor is missing.</summary>
/// <param name="Operation">See <see cref="ConfirmationFacts"/>, as <paramref name="Amount"/> and <paramref name="Payee"/>.</param>
/// <param name="FactsHash">To be signed.</param>
/// <param name="Challenge">For an operation without a quote: to be signed, and sent again with the same request. Null: the quote is the challenge.</param>
/// <param name="Methods"><c>signature</c> on a trusted device; <c>token</c> in eKlik; <c>code</c> everywhere else.</param>
public sealed record ConfirmationRequired(
    string Operation, Money? Amount, string? Payee, string FactsHash, string? Challenge, IReadOnlyList<string> Methods) : Forbidden("confirmation_required");

/// <summary>Neither a signature in compact form nor a confirmation's id with its code.</summary>
public sealed record ConfirmationMalformed(string Field) : Invalid("confirmation_malformed", Field);

/// <summary>What was confirmed is not what would be done: another operation, amount, currency, payee, quote or request (AUTH-29).</summary>
public sealed record ChallengeMismatch() : Forbidden("challenge_mismatch");

/// <summary>The signature is not of this session's device, or is none.</summary>
public sealed record ConfirmationSignatureWrong() : Forbidden("confirmation_signature_wrong");

/// <summary>The challenge is too old, or the signature was not made after it: ask anew.</summary>
public sealed record ConfirmationExpired() : Conflict("confirmation_expired");

/// <summary>It has let another request through: a confirmation is used once.</summary>
public sealed record ConfirmationUsed() : Conflict("confirmation_used");

/// <summary>No code is sent for this session: it confirms by what a token shows (EKL-05).</summary>
public sealed record ConfirmedByToken() : Forbidden("confirmed_by_token");

/// <summary>Unknown, altered, somebody else's, or of another operation.</summary>
public sealed record ChallengeNotFound() : NotFound("challenge_not_found");
