namespace Serverless.Banking.Sessions;

/// <summary>What an eKlik user signs in with: 3 to 50 of <c>a-z 0-9 . _ - @</c>; capitals are taken as small letters.</summary>
/// <remarks>The default value of this type is no name.</remarks>
public readonly record struct UserName
{
    private UserName(string value) => Value = value;

    public string Value { get; }

    /// <summary>Null for another form.</summary>
    public static UserName? Find(string? text) =>
        text?.ToLowerInvariant() is { Length: >= 3 and <= 50 } name && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '.' or '_' or '-' or '@')
            ? new UserName(name)
            : null;

    public override string ToString() => Value;
}
