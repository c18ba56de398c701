using System.Text;

namespace Serverless.Banking.Text;

/// <summary>The one rule of what customers write on their orders (TRF-07): letters, Albanian ones too, digits and spaces; 140 in all.</summary>
public static class Description
{
    public const int LengthAtMost = 140;

    /// <summary>Latin letters end here; statements, receipts and payment files can show all of them.</summary>
    private const int LastLatinLetter = 0x24F;

    /// <returns>The text as kept (the two Albanian letters with a mark in one character, no spaces at the ends); or, first match:
    /// <see cref="DescriptionTooLong"/>, <see cref="DescriptionCharacterNotAllowed"/>.</returns>
    public static Result<string> Find(string text, string field)
    {
        var kept = Compose(text).Trim(' ');
        if (kept.Length > LengthAtMost)
            return new DescriptionTooLong(field, LengthAtMost);
        return FirstForbidden(kept) is { } character ? new DescriptionCharacterNotAllowed(field, character) : kept;
    }

    /// <summary>The same where nothing may be written: null for null and for spaces.</summary>
    public static Result<string?> FindOptional(string? text, string field) =>
        text is null ? (Result<string?>)(string?)null : Find(text, field).Then(kept => kept.Length == 0 ? null : (string?)kept);

    /// <summary>Some keyboards write ë and ç as a letter and its mark. By hand, because normalisation needs data that a small image lacks.</summary>
    private static string Compose(string text) => text.Contains('\u0308', StringComparison.Ordinal) || text.Contains('\u0327', StringComparison.Ordinal)
        ? text.Replace("e\u0308", "ë", StringComparison.Ordinal).Replace("E\u0308", "Ë", StringComparison.Ordinal)
            .Replace("c\u0327", "ç", StringComparison.Ordinal).Replace("C\u0327", "Ç", StringComparison.Ordinal)
        : text;

    /// <summary>Null when every character is allowed.</summary>
    private static string? FirstForbidden(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != ' ' && !(rune.Value <= LastLatinLetter && (Rune.IsLetter(rune) || char.IsAsciiDigit((char)rune.Value))))
                return rune.ToString();
        }

        return null;
    }
}
