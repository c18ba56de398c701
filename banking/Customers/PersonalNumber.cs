namespace Serverless.Banking;

/// <summary>The number of the Albanian identity card: a letter, eight digits, a letter (TRF-10).</summary>
/// <remarks>Personal data: it is printed by nothing. The default value of this type is no number.</remarks>
public readonly record struct PersonalNumber
{
    private const int Length = 10;

    private PersonalNumber(string value) => Value = value;

    /// <summary>Capital letters.</summary>
    public string Value { get; }

    /// <summary>Small letters are taken; null for another form.</summary>
    public static PersonalNumber? Find(string? text) =>
        text is { Length: Length } && char.IsAsciiLetter(text[0]) && char.IsAsciiLetter(text[^1]) && text[1..^1].All(char.IsAsciiDigit)
            ? new PersonalNumber(text.ToUpperInvariant())
            : null;

    /// <summary>Says nothing, so that no log line does.</summary>
    public override string ToString() => nameof(PersonalNumber);
}
