using System.Text.Json.Serialization;

namespace Serverless.Banking.Insurance;

/// <summary>A number plate: letters and digits without spaces, in capitals (PAY-47).</summary>
/// <remarks>The default value of this type is no plate.</remarks>
[JsonConverter(typeof(TextValueConverter<Plate>))]
[TextForm("[A-Za-z0-9]{4,10}", "AA123BB", 10)]
public readonly record struct Plate : ITextValue<Plate>
{
    private Plate(string value) => Value = value;

    public string Value { get; }

    /// <summary>Small letters are taken; null for another form.</summary>
    public static Plate? Find(string? text) =>
        text is { Length: >= 4 and <= 10 } && text.All(char.IsAsciiLetterOrDigit) ? new Plate(text.ToUpperInvariant()) : null;

    public override string ToString() => Value;
}

/// <summary>A vehicle identification number of ISO 3779: 17 characters without I, O and Q, in capitals (PAY-47).</summary>
/// <remarks>The default value of this type is no number.</remarks>
[JsonConverter(typeof(TextValueConverter<ChassisNumber>))]
[TextForm("[A-HJ-NPR-Za-hj-npr-z0-9]{17}", "WVWZZZ1JZXW000001", 17)]
public readonly record struct ChassisNumber : ITextValue<ChassisNumber>
{
    private ChassisNumber(string value) => Value = value;

    public string Value { get; }

    /// <summary>Small letters are taken; null for another form.</summary>
    public static ChassisNumber? Find(string? text) =>
        text is { Length: 17 } && text.All(c => char.IsAsciiLetterOrDigit(c) && c is not ('I' or 'O' or 'Q' or 'i' or 'o' or 'q'))
            ? new ChassisNumber(text.ToUpperInvariant())
            : null;

    public override string ToString() => Value;
}
