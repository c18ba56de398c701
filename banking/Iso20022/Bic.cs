using System.Text.RegularExpressions;

namespace Serverless.Banking.Iso20022;

/// <summary>A bank's identifier (ISO 9362), 8 or 11 characters: <c>COBADEFF</c>.</summary>
public sealed partial record Bic
{
    private Bic(string code) => Code = code;

    /// <summary>Capital letters and digits.</summary>
    public string Code { get; }

    /// <summary>ISO 3166-1 alpha-2.</summary>
    public string Country => Code[4..6];

    /// <summary>Null when the text has another shape; case-exact, as ISO 20022's BICFIDec2014Identifier.</summary>
    public static Bic? Find(string? text) => text is not null && Shape().IsMatch(text) ? new Bic(text) : null;

    /// <exception cref="ArgumentException">The text has another shape.</exception>
    public static Bic Of(string text) => Find(text) ?? throw new ArgumentException("Not a BIC.", nameof(text));

    public override string ToString() => Code;

    [GeneratedRegex(@"\A[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?\z")]
    private static partial Regex Shape();
}
