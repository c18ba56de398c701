namespace Serverless.Banking;

/// <summary>A telephone number in E.164: plus sign, country code, at most fifteen digits.</summary>
/// <remarks>The default value of this type is no number.</remarks>
public readonly record struct PhoneNumber
{
    private const string Albania = "+355";

    private PhoneNumber(string value) => Value = value;

    public string Value { get; }

    /// <summary>Takes <c>+355691234567</c>, <c>00355…</c>, and at home <c>069 123 4567</c>; spaces, hyphens, brackets and slashes are ignored. Null for anything else.</summary>
    public static PhoneNumber? Find(string? text)
    {
        if (text is null || text.Length > 40)
            return null;
        var plain = string.Concat(text.Where(c => c is not (' ' or '-' or '(' or ')' or '/' or '.')));
        plain = plain.StartsWith("00", StringComparison.Ordinal) ? "+" + plain[2..]
            : plain.StartsWith('0') ? Albania + plain[1..]
            : plain;
        var isNumber = plain.Length is >= 8 and <= 16 && plain[0] == '+' && plain[1] is >= '1' and <= '9' && plain.Skip(1).All(char.IsAsciiDigit);

        // National numbers of Albania have eight or nine digits.
        return isNumber && (!plain.StartsWith(Albania, StringComparison.Ordinal) || plain.Length is 12 or 13) ? new PhoneNumber(plain) : null;
    }

    /// <summary>Masked, so that a stray log line shows <c>+355…4567</c>.</summary>
    public override string ToString() => $"{Value[..4]}…{Value[^4..]}";
}
