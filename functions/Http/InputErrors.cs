using Serverless.Banking;

namespace Serverless.Functions.Http;

// One record per kind of fault. Field is a JSON pointer into the body, or the name of a query parameter or header.

public sealed record Required(string Field) : Invalid("required", Field);

public sealed record UnknownMember(string Field) : Invalid("unknown_member", Field);

public sealed record DuplicateMember(string Field) : Invalid("duplicate_member", Field);

/// <param name="Expected">The JSON type: <c>string</c>, <c>integer</c>, <c>boolean</c>, <c>object</c>, <c>array</c>.</param>
public sealed record WrongType(string Field, string Expected) : Invalid("wrong_type", Field);

public sealed record TooLong(string Field, int Max) : Invalid("too_long", Field);

public sealed record TooShort(string Field, int Min) : Invalid("too_short", Field);

public sealed record Blank(string Field) : Invalid("blank", Field);

/// <summary>Control characters, characters that reorder text, or half of a surrogate pair.</summary>
public sealed record CharactersNotAllowed(string Field) : Invalid("characters_not_allowed", Field);

/// <param name="Pattern">Regular expression of the whole text.</param>
public sealed record PatternMismatch(string Field, string Pattern) : Invalid("pattern_mismatch", Field);

public sealed record UnknownCode(string Field, IReadOnlyList<string> Allowed) : Invalid("unknown_code", Field);

public sealed record MalformedDate(string Field) : Invalid("malformed_date", Field);

public sealed record MalformedTime(string Field) : Invalid("malformed_time", Field);

public sealed record MalformedId(string Field) : Invalid("malformed_id", Field);

public sealed record NumberOutOfRange(string Field, long Min, long Max) : Invalid("number_out_of_range", Field);

public sealed record TooManyItems(string Field, int Max) : Invalid("too_many_items", Field);

public sealed record TooFewItems(string Field, int Min) : Invalid("too_few_items", Field);

public sealed record AmountMalformed(string Field) : Invalid("amount_malformed", Field);

/// <param name="Digits">The currency's own number of decimals.</param>
public sealed record AmountDecimals(string Field, string Currency, int Digits) : Invalid("amount_decimals", Field);

public sealed record AmountTooLarge(string Field) : Invalid("amount_too_large", Field);

public sealed record AmountNotPositive(string Field) : Invalid("amount_not_positive", Field);

public sealed record CurrencyUnknown(string Field) : Invalid("currency_unknown", Field);

public sealed record IdempotencyKeyMissing(string Field) : Invalid("idempotency_key_missing", Field);

public sealed record IdempotencyKeyMalformed(string Field) : Invalid("idempotency_key_malformed", Field);

public sealed record UnknownParameter(string Field) : Invalid("unknown_parameter", Field);

public sealed record RepeatedParameter(string Field) : Invalid("repeated_parameter", Field);

/// <summary>Not a cursor of this list and this caller, or altered on the way.</summary>
public sealed record CursorInvalid(string Field) : Invalid("cursor_invalid", Field);
