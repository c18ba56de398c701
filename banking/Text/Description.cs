using System.Text;

namespace Serverless.Banking.Text;

/// <summary>Which letters a channel lets through.</summary>
public enum DescriptionLetters
{
    Albanian,

    /// <summary>eKlik's: a to z, no ë and no ç (EKL-17).</summary>
    Plain,
}

/// <summary>The one rule of what customers write on their orders (TRF-07): letters, Albanian ones too, digits and spaces; 140 in all.</summary>
public static class Description
{
    public const int LengthAtMost = 140;

    /// <summary>Latin letters end here; statements, receipts and payment files can show all of them.</summary>
    private const int LastLatinLetter = 0x24F;

    private const int LastPlainLetter = 'z';

    /// <returns>The text as kept (the two Albanian letters with a mark in one character, no spaces at the ends); or, first match:
    /// <see cref="DescriptionTooLong"/>, <see cref="DescriptionCharacterNotAllowed"/>.</returns>
    public static Result<string> Find(string text, string field, DescriptionLetters letters = DescriptionLetters.Albanian)
    {
        var kept = Compose(text).Trim(' ');
        if (kept.Length > LengthAtMost)
            return new DescriptionTooLong(field, LengthAtMost);
        return FirstForbidden(kept, letters) is { } character ? new DescriptionCharacterNotAllowed(field, character) : kept;
    }

    /// <summary>The same where nothing may be written: null for null and for spaces.</summary>
    public static Result<string?> FindOptional(string? text, string field, DescriptionLetters letters = DescriptionLetters.Albanian) =>
        text is null ? (Result<string?>)(string?)null : Find(text, field, letters).Then(kept => kept.Length == 0 ? null : (string?)kept);

    /// <summary>Some keyboards write ë and ç as a letter and its mark. By hand, because normalisation needs data that a small image lacks.</summary>
    private static string Compose(string text) => text.Contains('\u0308', StringComparison.Ordinal) || text.Contains('\u0327', StringComparison.Ordinal)
        ? text.Replace("e\u0308", "ë", StringComparison.Ordinal).Replace("E\u0308", "Ë", StringComparison.Ordinal)
            .Replace("c\u0327", "ç", StringComparison.Ordinal).Replace("C\u0327", "Ç", StringComparison.Ordinal)
        : text;

    /// <summary>Null when every character is allowed.</summary>
    private static string? FirstForbidden(string text, DescriptionLetters letters)
    {
        var last = letters == DescriptionLetters.Plain ? LastPlainLetter : LastLatinLetter;
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune.Value != ' ' && !(rune.Value <= last && (Rune.IsLetter(rune) || char.IsAsciiDigit((char)rune.Value))))
                return rune.ToString();
        }

        return null;
    }
}
