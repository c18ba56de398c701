namespace Serverless.Banking;

/// <summary>The caller's own name for one order, sent again with every retry of it: 1 to 64 visible ASCII characters.</summary>
/// <remarks>
/// Ids of what the order creates derive from (customer, key), so a retry meets the first try. The body's hash is kept beside them:
/// the same key with another body is <see cref="IdempotencyKeyReused"/>. The default value of this type is no key.
/// </remarks>
public readonly record struct IdempotencyKey
{
    public const int MaxLength = 64;

    private IdempotencyKey(string value) => Value = value;

    public string Value { get; }

    /// <summary>Null unless the text is 1 to 64 characters of <c>!</c> to <c>~</c>.</summary>
    public static IdempotencyKey? Find(string? text) =>
        text is { Length: > 0 and <= MaxLength } && !text.AsSpan().ContainsAnyExceptInRange('!', '~') ? new IdempotencyKey(text) : null;

    /// <exception cref="ArgumentException">Empty, too long, or with other characters.</exception>
    public static IdempotencyKey Of(string text) =>
        Find(text) ?? throw new ArgumentException("An idempotency key has 1 to 64 visible ASCII characters.", nameof(text));

    public override string ToString() => Value;
}
