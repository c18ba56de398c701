namespace Serverless.Banking;

/// <summary>The bank's customer number: nine digits, printed on the contract and used to sign in.</summary>
/// <remarks>The default value of this type is no customer and equals only itself.</remarks>
public readonly record struct CustomerId
{
    private CustomerId(string value) => Value = value;

    public string Value { get; }

    /// <summary>Null unless the text is exactly nine ASCII digits.</summary>
    public static CustomerId? Find(string? text) =>
        text is { Length: 9 } && !text.AsSpan().ContainsAnyExceptInRange('0', '9') ? new CustomerId(text) : null;

    /// <exception cref="ArgumentException">Not nine digits.</exception>
    public static CustomerId Of(string text) => Find(text) ?? throw new ArgumentException("A customer number has nine digits.", nameof(text));

    public override string ToString() => Value;
}
